"""“New edition”: a short form, filled with last year's, for those who may add pages below the exhibitions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateTimeInput

from cms.core.admin_screen import AdminScreen
from cms.people.models import User
from gallery.models.exhibitions import ExhibitionIndexPage, ExhibitionPage, ExhibitionPageForm
from gallery.services import next_edition


class NextEditionForm(forms.ModelForm):
    """Dates in order, as on the page itself; and what seldom is meant only with a tick."""

    sure = forms.BooleanField(label="Make it all the same", required=False)

    class Meta:
        model = ExhibitionPage
        fields = ("title", "year", *next_edition.DATES)
        widgets = dict.fromkeys(next_edition.DATES, AdminDateTimeInput)

    doubts: list[str] = []

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        ExhibitionPageForm.check_dates(self, cleaned)
        if not self.errors:
            self.doubts = next_edition.doubts(year=cleaned["year"], dates=self.dates, now=timezone.now())
            if self.doubts and not cleaned["sure"]:
                self.add_error(None, "Please look again, or tick that you mean it.")
        return cleaned

    def _post_clean(self) -> None:
        """The page is made by the service."""

    @property
    def dates(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in next_edition.DATES}


class NextEditionView(AdminScreen):
    template_name = "gallery/admin/next_edition.html"
    page_title = "New edition"
    header_icon = "doc-full"
    before: ExhibitionPage
    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        above = ExhibitionIndexPage.objects.first()
        if above is None or not above.permissions_for_user(request.user).can_add_subpage():
            raise Http404
        before = next_edition.latest()
        if before is None:  # the first of all is written, not copied
            return redirect("wagtailadmin_pages:add", "gallery", "exhibitionpage", above.pk)
        self.before = before
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(NextEditionForm(initial=next_edition.propose(self.before)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NextEditionForm(request.POST)
        if not form.is_valid():
            return self.show(form, 422)
        assert isinstance(request.user, User)  # noqa: S101 - the admin lets nobody else in
        words = form.cleaned_data
        try:
            edition = next_edition.start(
                title=words["title"], year=words["year"], dates=form.dates, before=self.before, by=request.user
            )
        except ValidationError as problem:
            form.add_error(None, problem.messages)
            return self.show(form, 422)
        messages.success(
            request, f"“{edition.title}” is a draft. Look it over, and publish it when it may be seen."
        )
        return redirect("wagtailadmin_pages:edit", edition.pk)

    def show(self, form: NextEditionForm, status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form, media=form.media, before=self.before)
        return self.render_to_response(context, status=status)
