"""The review screen: the picture, its words, what is still open, and one decision."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from cms.people.models import User
from gallery import permissions
from gallery.enums import UNDER_REVIEW_STATES, EntryState, Refusal
from gallery.models.consents import PicturedPerson
from gallery.models.corrections import Suggestion
from gallery.models.entries import Entry
from gallery.models.reviews import ReviewDecision
from gallery.services import entries, hanging, reviews
from gallery.state_words import describe_decision
from gallery.viewsets import review_facts
from gallery.viewsets.review_forms import DecisionForm, WordsForm
from gallery.viewsets.waiting import longest_waiting_first

DECIDE = {
    "approve": reviews.approve,
    "reject": reviews.ask_for_changes,
    "hold": reviews.hold,
    "resume": reviews.resume,
    "refuse": reviews.refuse,
}
STATUSES = {Refusal.DECIDED_MEANWHILE: 409, Refusal.NOT_YOURS: 403}


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """At the address where Wagtail would edit an entry, so that every stock link leads here."""

    model = Entry
    template_name = "gallery/admin/review.html"
    header_icon = "view"
    index_url_name: str | None = None
    history_url_name: str | None = None
    http_method_names = ["get", "post"]

    entry: Entry
    user: User
    problem: tuple[str, str] | None = None
    withdrawing = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        assert isinstance(request.user, User)  # noqa: S101 - the admin lets nobody else in
        self.user = request.user
        self.find(kwargs["pk"])

    def find(self, pk: int) -> None:
        related = ("exhibition", "category", "department", "master", "photographer", "latest_revision")
        self.entry = get_object_or_404(Entry.objects.select_related(*related), pk=pk)
        if not permissions.may_see_as_staff(self.user, self.entry):
            raise Http404
        self.people = list(PicturedPerson.objects.of(self.entry))

    # --- What the person at the screen may do

    @cached_property
    def step(self) -> TaskState | None:
        """The review step the entry is at."""
        workflow_state = self.entry.current_workflow_state
        return workflow_state.current_task_state if workflow_state else None

    @property
    def may_decide(self) -> bool:
        return self.entry.state in UNDER_REVIEW_STATES and permissions.may_decide(self.user, self.step, self.entry)

    @property
    def may_describe(self) -> bool:
        """While it is looked at or waits to be hung. On the wall its words are public already."""
        return self.entry.state in UNDER_REVIEW_STATES | {EntryState.APPROVED} and permissions.may_describe(
            self.user, self.entry
        )

    @property
    def may_withdraw(self) -> bool:
        return self.entry.state != EntryState.WITHDRAWN and permissions.may_withdraw(self.user, self.entry)

    # --- Answering

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = request.GET.get("problem", "")
        if code in Refusal.values:  # of a decision taken on another screen
            self.problem = (code, Refusal(code).label)
        return self.show(DecisionForm(), self.words())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action", "")
        if action in DECIDE:
            return self.decide(action)
        answers = {
            "describe": self.describe,
            "hang": self.hang,
            "take-down": self.take_down,
            "withdraw": self.withdraw,
        }
        return answers[action]() if action in answers else HttpResponseBadRequest("There is no such decision.")

    def words(self, data: Any = None) -> WordsForm:
        return WordsForm(data, entry=self.entry, people=self.people)

    def show(self, decision: DecisionForm, words: WordsForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(decision=decision, words=words), status=status)

    def refused(self, problem: Exception, decision: DecisionForm, words: WordsForm | None = None) -> HttpResponse:
        """The page again as things stand now, with what was typed and why nothing was done."""
        code = Refusal(getattr(problem, "code", Refusal.REFUSED))
        # What is still open is listed right below anyway.
        self.problem = (code, code.label if code is Refusal.NOT_CLEARED else str(problem))
        self.__dict__.pop("step", None)
        self.find(self.entry.pk)
        return self.show(decision, words or self.words(), STATUSES.get(code, 422))

    def decide(self, action: str) -> HttpResponse:
        """One decision. Words and ticks that were not saved yet are saved with it."""
        decision = DecisionForm(self.request.POST)
        words = self.words(self.request.POST)
        if not decision.is_valid() or (self.may_describe and not words.is_valid()):
            return self.show(decision, words, 422)
        seen = decision.cleaned_data["seen"]
        now = timezone.now()
        try:
            if self.may_describe and seen == self.entry.latest_revision_id and words.says_something:
                seen = self.save_words(words).latest_revision_id
            entry = DECIDE[action](
                entry=self.entry, by=self.user, reason=decision.reason_text(), seen=seen or 0, now=now
            )
        except reviews.DecisionRefused as problem:
            return self.refused(problem, decision)
        done = describe_decision(action, title=str(entry), state=entry.state, hang=entry.exhibition.hang)
        return self.go_on(done, entry)

    def save_words(self, words: WordsForm) -> Entry:
        return reviews.describe(
            entry=self.entry,
            by=self.user,
            fields=words.fields_changed(),
            confirmed=words.cleaned_data["confirmed"],
            cleared=words.cleaned_data["cleared"],
            now=timezone.now(),
        )

    def describe(self) -> HttpResponse:
        decision = DecisionForm(self.request.POST)
        words = self.words(self.request.POST)
        if not (decision.is_valid() and words.is_valid()):
            return self.show(decision, words, 422)
        if not self.may_describe:
            return self.refused(reviews.NotYours("These words cannot be changed here now."), decision)
        if decision.cleaned_data["seen"] != self.entry.latest_revision_id:
            changed = "Somebody else changed this entry while you were writing. Yours is still here: save it again."
            return self.refused(reviews.DecidedMeanwhile(changed), decision, words)
        if words.says_something:
            self.save_words(words)
        messages.success(self.request, "Saved.")
        if decision.cleaned_data["reason"].strip():  # half a decision is in the box: keep it
            self.find(self.entry.pk)
            return self.show(decision, self.words())
        return redirect(self.url)

    def hang(self) -> HttpResponse:
        if not permissions.may_hang(self.user):
            raise Http404
        try:
            hanging.ask_to_hang(entry=self.entry, by=self.user, now=timezone.now())
        except hanging.CannotHang as problem:
            return self.refused(problem, DecisionForm())
        messages.success(self.request, f"“{self.entry}” will be on the wall in a moment.")
        return redirect(self.url)

    def take_down(self) -> HttpResponse:
        if not permissions.may_take_down(self.user):
            raise Http404
        decision = DecisionForm(self.request.POST)
        if not decision.is_valid():
            return self.show(decision, self.words(), 422)
        try:
            hanging.take_down(entry=self.entry, by=self.user, reason=decision.reason_text(), now=timezone.now())
        except hanging.CannotHang as problem:
            return self.refused(problem, decision)
        messages.success(self.request, f"“{self.entry}” is off the wall. It stays approved and can be hung again.")
        return redirect(self.url)

    def withdraw(self) -> HttpResponse:
        """For good, so it wants a reason and a tick."""
        self.withdrawing = True
        decision = DecisionForm(self.request.POST)
        if not self.may_withdraw or not decision.is_valid():
            return self.show(decision, self.words(), 422)
        try:
            if self.request.POST.get("sure") != "yes":
                raise entries.EntryRefused("Please tick the box if you are sure: this cannot be undone.")
            if not decision.reason_text():
                raise entries.EntryRefused("Please give a reason. The photographer will read it.")
            entries.withdraw(entry=self.entry, by=self.user, reason=decision.reason_text(), now=timezone.now())
        except entries.EntryRefused as problem:
            return self.refused(problem, decision)
        messages.success(self.request, f"“{self.entry}” is withdrawn. Its files are being deleted.")
        return redirect(reverse(self.index_url_name or "wagtailsnippets_gallery_entry:list"))

    def go_on(self, done: str, entry: Entry) -> HttpResponse:
        """To the next one that waits for this moderator; a moderator with nothing left deserves a word."""
        following = self.next_waiting
        if following is None:
            messages.success(self.request, f"{done} That was the last one waiting for you. Thank you.")
            return redirect("wagtailsnippets_gallery_entry:list")
        messages.success(
            self.request,
            f"{done} Here is the next one.",
            buttons=[messages.button(self.url, f"Back to “{entry}”")],
        )
        return redirect("wagtailsnippets_gallery_entry:edit", following.pk)

    @cached_property
    def next_waiting(self) -> Entry | None:
        """The longest waiting entry that this person can decide, other than this one."""
        mine = TaskState.objects.reviewable_by(self.user).values_list("workflow_state__object_id", flat=True)
        waiting = Entry.objects.filter(state=EntryState.IN_REVIEW, pk__in=[int(pk) for pk in mine])
        others = waiting.exclude(pk=self.entry.pk).exclude(photographer=self.user)
        return longest_waiting_first(others).first()

    # --- The page

    @property
    def url(self) -> str:
        return reverse("wagtailsnippets_gallery_entry:edit", args=[self.entry.pk])

    def get_page_title(self) -> str:
        return str(self.entry)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailsnippets_gallery_entry:list"), "label": "Photographs"},
            {"url": "", "label": str(self.entry)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry, user = self.entry, self.user
        timeline = list(ReviewDecision.objects.of(entry).order_by("-at", "-id"))
        words: WordsForm = kwargs["words"]
        return {
            **super().get_context_data(**kwargs),
            **review_facts.facts(entry, user),
            "entry": entry,
            "problem": self.problem,
            "latest": timeline[0] if timeline else None,
            "timeline": timeline,
            "changes_url": review_facts.changes_url(entry, timeline),
            "step": self.step,
            "people": review_facts.people(self.people, words.ticked("confirmed")),
            "clearances": review_facts.clearances(entry, words.ticked("cleared")),
            "uncleared": reviews.uncleared(entry) if entry.state in UNDER_REVIEW_STATES else [],
            "may_decide": self.may_decide,
            "may_describe": self.may_describe,
            "may_hang": permissions.may_hang(user),
            "may_take_down": permissions.may_take_down(user),
            "may_correct": permissions.may_correct(user, entry),
            "suggestion": Suggestion.objects.waiting().filter(entry=entry).first(),
            "may_withdraw": self.may_withdraw,
            "is_own": entry.photographer_id == user.pk,
            "withdrawing": self.withdrawing,
            "next_waiting": self.next_waiting,
            "history_url": reverse("wagtailsnippets_gallery_entry:history", args=[entry.pk]),
        }
