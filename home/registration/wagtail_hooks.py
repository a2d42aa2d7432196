"""Registers; nothing else."""

from wagtail.snippets.models import register_snippet

from home.registration.viewsets import LicensingAuthorityViewSet, ProfessionalBodyViewSet

register_snippet(ProfessionalBodyViewSet)
register_snippet(LicensingAuthorityViewSet)
