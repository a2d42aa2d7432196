"""“Something wrong?”: for anybody, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from cms.core.open_forms import OpenFormView
from gallery.forms.reports import ReportForm, own_path, photograph_at
from gallery.services import reports


class ReportFormView(OpenFormView):
    form_class = ReportForm
    template_name = "gallery/desk/report.html"
    name = "report"
    heading = "Is something wrong?"
    lead = "Tell us, and a person will look at it, usually within two working days."
    button = "Tell us"

    @property
    def about(self) -> str:
        return own_path(self.request.POST.get("about") or self.request.GET.get("about", ""))

    def get_initial(self) -> dict:
        return {"about": self.about}

    def get_thanks_url(self) -> str:
        return f"thanks/?{urlencode({'about': self.about})}" if self.about else "thanks/"

    def keep(self, answers: dict) -> None:
        reports.send(
            about=answers["about"],
            public_id=photograph_at(answers["about"]),
            words=answers["words"],
            email=answers["email"],
            now=timezone.now(),
        )

    def get_context_data(self, **kwargs: object) -> dict:
        return super().get_context_data(**kwargs) | {"about": self.about}


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    about = own_path(request.GET.get("about", ""))
    return render(
        request,
        "forms/thanks.html",
        {
            "heading": "Thank you for telling us",
            "paragraphs": ["It has reached us, and a person will read it. You do not need to do anything else."],
            "back": {"url": about, "title": "Back to where you were"} if about else None,
        },
    )
