"""A professional body's own page: what it grants, whom to ask there, and our agreement with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.core.models import PAGE_CACHE_CONTROL
from home.registration.models import ProfessionalBody, RegisterPage


@require_safe
def body(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(ProfessionalBody, slug=slug)
    facts = {"body": found, "registers": list(RegisterPage.objects.granted_by(found))}
    response = render(request, "registration/professional_body.html", facts)
    response["Cache-Control"] = PAGE_CACHE_CONTROL
    return response
