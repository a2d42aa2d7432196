"""Putting words right after they were cleared: the staff's screen, at an address beside the review."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from cms.core.admin_screen import AdminScreen
from cms.people.models import User
from gallery import permissions
from gallery.forms.corrections import CorrectionForm, RenameForm
from gallery.models.corrections import Suggestion
from gallery.models.entries import Entry
from gallery.services import corrections
from gallery.viewsets.entry_files import file_url


class CorrectionView(AdminScreen):
    """With a photographer's suggestion waiting, its words stand in the form, beside those they would replace."""

    template_name = "gallery/admin/correct.html"
    header_icon = "edit"
    http_method_names = ["get", "post"]

    entry: Entry
    user: User
    suggestion: Suggestion | None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        assert isinstance(request.user, User)  # noqa: S101 - the admin lets nobody else in
        self.user = request.user
        related = ("exhibition", "category", "photographer", "master")
        self.entry = get_object_or_404(Entry.objects.select_related(*related), pk=kwargs["pk"])
        if not permissions.may_correct(self.user, self.entry):
            raise Http404
        self.suggestion = Suggestion.objects.waiting().filter(entry=self.entry).first()
        self.suggested = corrections.words_of(self.suggestion) if self.suggestion else {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answers = {"correct": self.correct, "decline": self.decline, "rename": self.rename}
        action = request.POST.get("action", "")
        return answers[action]() if action in answers else HttpResponseBadRequest("There is no such correction.")

    def words(self, data: Any = None) -> CorrectionForm:
        form = CorrectionForm(data, entry=self.entry, suggested=self.suggested)
        form.initial["seen"] = self.entry.latest_revision_id
        return form

    def show(
        self, *, words: CorrectionForm | None = None, name: RenameForm | None = None, status: int = 200
    ) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                words=words or self.words(),
                name=name or RenameForm(initial={"name": self.entry.photographer_name}, auto_id="name_%s"),
            ),
            status=status,
        )

    def correct(self) -> HttpResponse:
        form = self.words(self.request.POST)
        if not form.is_valid():
            return self.show(words=form, status=422)
        try:
            entry = corrections.correct(
                entry=self.entry,
                by=self.user,
                words=form.words,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"] or 0,
                now=timezone.now(),
            )
        except corrections.NotCorrected as refused:
            form.say(refused)
            return self.show(words=form, status=422)
        messages.success(self.request, f"The words of “{entry}” are put right. Its photographer has been told.")
        return redirect("wagtailsnippets_gallery_entry:edit", entry.pk)

    def decline(self) -> HttpResponse:
        form = self.words(self.request.POST)
        if not form.is_valid():
            return self.show(words=form, status=422)
        try:
            corrections.decline(
                entry=self.entry, by=self.user, answer=form.cleaned_data["reason"], now=timezone.now()
            )
        except corrections.NotCorrected as refused:
            form.say(refused)
            return self.show(words=form, status=422)
        messages.success(self.request, "The words stay as they are. The photographer has been told why.")
        return redirect("wagtailsnippets_gallery_entry:edit", self.entry.pk)

    def rename(self) -> HttpResponse:
        form = RenameForm(self.request.POST, auto_id="name_%s")
        if not form.is_valid() or self.entry.photographer is None:
            return self.show(name=form, status=422)
        try:
            number = corrections.rename(
                photographer=self.entry.photographer,
                name=form.cleaned_data["name"],
                by=self.user,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except corrections.NotCorrected as refused:
            form.say(refused)
            return self.show(name=form, status=422)
        photographs = "1 photograph says" if number == 1 else f"{number} photographs say"
        messages.success(self.request, f"{photographs} the new name, everywhere they are shown.")
        return redirect("wagtailsnippets_gallery_entry:edit", self.entry.pk)

    def get_page_title(self) -> str:
        return f"Put words right: {self.entry}"

    def above(self) -> list[dict[str, str]]:
        return [
            {"url": reverse("wagtailsnippets_gallery_entry:list"), "label": "Photographs"},
            {"url": reverse("wagtailsnippets_gallery_entry:edit", args=[self.entry.pk]), "label": str(self.entry)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form: CorrectionForm = kwargs["words"]
        before = {name: getattr(self.entry, name) for name in self.suggested}
        return super().get_context_data(**kwargs) | {
            "entry": self.entry,
            "thumbnail": file_url("thumbnail", self.entry)
            if self.entry.master and self.entry.master.preview
            else "",
            "suggestion": self.suggestion,
            "suggested": [
                {"label": form.fields[name].label, "before": before[name], "after": value}
                for name, value in self.suggested.items()
            ],
            "theirs": Entry.objects.by(self.entry.photographer).count() if self.entry.photographer else 0,
        }
