"""A link in a mail opens a page with one button: mail programs follow links, people press buttons."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import TemplateView

from home.applications.services.links import LinkTooOld


class PressView(TemplateView):
    template_name = "applications/press.html"
    heading = ""
    lead = ""
    button = ""
    #: Does what the button says, and returns what the page says afterwards: `heading` and `paragraphs`.
    press: Callable[[str], dict[str, Any]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"heading": self.heading, "lead": self.lead, "button": self.button}
        return super().get_context_data(**words | kwargs) | {"link": self.request.GET.get("link", "")}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            said = self.press(request.POST.get("link", ""))
        except LinkTooOld as old:
            context = {"heading": "This link has run out", "paragraphs": [str(old)]}
            return render(request, "forms/thanks.html", context, status=410)
        return render(request, "forms/thanks.html", said)
