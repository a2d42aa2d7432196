"""The queue of mentoring: who waits, who was brought together, what is over."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from cms.people.models import Technician
from home.applications.models.mentoring import MentoringApplication, Role, State
from home.applications.services import mentoring
from home.applications.viewsets.screens import PeopleMenuItem, PeopleScreen
from home.development.models import MentoringSchemePage

OVER_SHOWN = 50


def mentors_on_the_page() -> list[Technician]:
    """Those with places left whose e-mail address we know."""
    pages = MentoringSchemePage.objects.live()
    slugs = [mentor["profile"].pk for page in pages for mentor in page.mentors_shown if mentor["places"]]
    return list(Technician.objects.filter(slug__in=slugs, user__isnull=False).select_related("user", "department"))


class PairForm(forms.Form):
    mentor = forms.ChoiceField(label="Mentor")

    def __init__(self, *args: Any, mentee: MentoringApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        applied = MentoringApplication.objects.who_would_mentor().exclude(pk=mentee.pk)
        self.applied = {f"application-{one.pk}": one for one in applied}
        self.listed = {f"technician-{one.pk}": one for one in mentors_on_the_page()}
        self.fields["mentor"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a person"),
            (
                "Have applied",
                [(key, f"{one.name}: {one.topics or one.hopes[:60]}") for key, one in self.applied.items()],
            ),
            ("On the page", [(key, f"{one.name}, {one.department}") for key, one in self.listed.items()]),
        ]

    @property
    def chosen(self) -> dict[str, Any]:
        key = self.cleaned_data["mentor"]
        return {"mentor": self.applied.get(key), "technician": self.listed.get(key)}


class QueueView(PeopleScreen):
    template_name = "applications/admin/mentoring.html"
    page_title = "Mentoring"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = MentoringApplication.objects.select_related("department")
        new = list(every.new())
        return super().get_context_data(**kwargs) | {
            "mentees": [one for one in new if one.role == Role.MENTEE],
            "mentors": [one for one in new if one.role == Role.MENTOR],
            "paired": every.filter(state=State.PAIRED, role=Role.MENTEE).order_by("-settled_at"),
            "over": every.filter(state=State.CLOSED).order_by("-settled_at")[:OVER_SHOWN],
        }


class ApplicationView(PeopleScreen):
    template_name = "applications/admin/application.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.problem = ""

    @property
    def application(self) -> MentoringApplication:
        every = MentoringApplication.objects.select_related("department", "mentor", "mentor_technician__user")
        return get_object_or_404(every, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        application, action, now = self.application, request.POST.get("action"), timezone.now()
        if action == "note":
            mentoring.note(application=application, notes=request.POST.get("notes", ""))
            messages.success(request, "Your note is kept.")
        elif action == "pair":
            form = PairForm(request.POST, mentee=application)
            if not form.is_valid():
                return self.refused("Please choose a mentor first.")
            try:
                pair = mentoring.pair(mentee=application, **form.chosen, by=self.user, now=now)
            except mentoring.CannotPair as problem:
                return self.refused(str(problem))
            messages.success(request, f"We have written to {pair.name} and {pair.mentor_name}.")
        elif action == "close":
            mentoring.close(application=application, by=self.user, now=now)
            messages.success(request, "Closed.")
        elif action == "forget" and application.state == State.CLOSED:
            mentoring.forget(application=application)
            messages.success(request, "Deleted for good.")
            return redirect("mentoring:list")
        elif action == "reopen":
            mentoring.reopen(application=application)
            messages.success(request, "Back in the queue.")
        else:
            return HttpResponseBadRequest("There is no such action.")
        return redirect("mentoring:application", application.pk)

    def refused(self, problem: str) -> HttpResponse:
        self.problem = problem
        return self.render_to_response(self.get_context_data(), status=422)

    def get_page_title(self) -> str:
        return str(self.application)

    def above(self) -> list[dict[str, str]]:
        return [{"url": reverse("mentoring:list"), "label": "Mentoring"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.application
        pairs = application.role == Role.MENTEE and application.state == State.NEW
        return super().get_context_data(**kwargs) | {
            "application": application,
            "pairing": PairForm(mentee=application) if pairs else None,
            "problem": self.problem,
        }


class MentoringViewSet(ViewSet):
    icon = "group"
    menu_label = "Mentoring"
    menu_name = "mentoring"
    menu_order = 170
    menu_item_class = PeopleMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", QueueView.as_view(), name="list"),
            path("<int:pk>/", ApplicationView.as_view(), name="application"),
        ]


mentoring_viewset = MentoringViewSet("mentoring")
