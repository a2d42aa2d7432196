"""“I would like a mentor”, or to be one. No account, ten minutes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.core.open_forms import MOST_MAILS_TO_ONE_PERSON, OpenFormView, is_too_often
from home.applications.forms.mentoring import MentoringForm
from home.applications.models.mentoring import Role
from home.applications.services import mentoring


class MentoringView(OpenFormView):
    form_class = MentoringForm
    name = "mentoring"
    heading = "Mentoring"
    lead = "Seven questions, ten minutes. Your manager is not told, and nobody but the co-ordinator reads this."
    button = "Send it"

    def get_initial(self) -> dict:
        role = self.request.GET.get("role", "")
        return {"role": role if role in Role.values else None}

    def keep(self, answers: dict) -> None:
        if is_too_often("mentoring-mail", answers["email"].lower(), most=MOST_MAILS_TO_ONE_PERSON):
            return
        mentoring.apply(**{k: v for k, v in answers.items() if k != "website"}, now=timezone.now())


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "forms/thanks.html",
        {
            "heading": "Thank you. It has arrived",
            "paragraphs": [
                "A person will read it, and matches you by hand.",
                "We have sent you a mail to say so. Not there in ten minutes? Look among the unwanted ones.",
            ],
        },
    )
