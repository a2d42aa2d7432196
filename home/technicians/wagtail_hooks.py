"""Registers; nothing else."""

from wagtail.snippets.models import register_snippet

from home.technicians.viewsets import FacilityViewSet

register_snippet(FacilityViewSet)
