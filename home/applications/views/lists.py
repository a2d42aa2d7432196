"""Joining the network, and putting one's name down."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.core.open_forms import MOST_MAILS_TO_ONE_PERSON, OpenFormView, is_too_often
from home.applications.forms.lists import InterestForm, NetworkForm
from home.applications.services import interests, network
from home.applications.views.links import PressView
from home.development.models import OpportunityPage


class NetworkView(OpenFormView):
    form_class = NetworkForm
    name = "network"
    heading = "Join the network"
    lead = "A mailing list, a lunch a month, and somebody to ask in your department."
    button = "Send me the link"

    def keep(self, answers: dict) -> None:
        if not is_too_often("network-mail", answers["email"].lower(), most=MOST_MAILS_TO_ONE_PERSON):
            facts = {name: answers[name] for name in ("name", "email", "department")}
            network.ask(**facts, now=timezone.now())


class NetworkConfirmView(PressView):
    heading = "Join the network"
    lead = "One press, and you are in."
    button = "Yes, I would like to join"

    def press(self, link: str) -> dict[str, Any]:
        member = network.join(link=link, now=timezone.now())
        rep = network.rep_of(member.department)
        if rep is not None:
            whom = f"In {member.department} the person to ask is {rep.name}, {rep.role}."
            back = {"url": rep.path, "title": f"Meet {rep.name}"}
            return {"heading": "Welcome to the network", "paragraphs": [whom, *WELCOME], "back": back}
        return {"heading": "Welcome to the network", "paragraphs": ["You are in.", *WELCOME]}


WELCOME = ["It stands in a mail to you as well, with a link to leave again whenever you like."]


class NetworkLeaveView(PressView):
    heading = "Leave the network"
    lead = "We delete your name and address from the list at once."
    button = "Yes, take me off the list"

    def press(self, link: str) -> dict[str, Any]:
        network.leave(link=link, now=timezone.now())
        return {"heading": "You are off the list", "paragraphs": ["Come back whenever you like."]}


class InterestView(OpenFormView):
    form_class = InterestForm
    name = "tell-me"

    @property
    def page(self) -> Page:
        about = self.request.POST.get("about") or self.request.GET.get("about", "")
        page = interests.wanted_for(int(about)) if about.isdecimal() and len(about) < 12 else None
        if page is None:
            raise Http404("This page takes no names at the moment.")
        return page

    def get_initial(self) -> dict:
        return {"about": self.request.GET.get("about")}

    def keep(self, answers: dict) -> None:
        if not is_too_often("tell-me-mail", answers["email"].lower(), most=MOST_MAILS_TO_ONE_PERSON):
            interests.ask(page=self.page, name=answers["name"], email=answers["email"], now=timezone.now())

    def get_context_data(self, **kwargs: object) -> dict:
        page = self.page
        comes = isinstance(page, OpportunityPage)
        return super().get_context_data(**kwargs) | {
            "heading": "Put your name down" if comes else "Tell me next time",
            "lead": f"For “{page.title}”." if comes else f"We write to you once when “{page.title}” opens again.",
            "button": "Send me the link",
        }


class InterestConfirmView(PressView):
    heading = "Put your name down"
    lead = "One press, and it is on the list."
    button = "Yes, put it down"

    def press(self, link: str) -> dict[str, Any]:
        interest = interests.keep(link=link, now=timezone.now())
        words = [f"Your name is down for “{interest.page_title}”.", "We use it for that and nothing else."]
        return {"heading": "Thank you", "paragraphs": words}


@require_safe
def look_in_your_mail(request: HttpRequest) -> HttpResponse:
    words = [
        "We have sent you a link. Please open it and press the button.",
        "If you do not, we delete what you wrote after 14 days.",
        "Not there in ten minutes? Look among the unwanted ones.",
    ]
    return render(request, "forms/thanks.html", {"heading": "Look in your mail", "paragraphs": words})
