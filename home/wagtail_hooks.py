"""Registers; nothing else."""

from wagtail.snippets.models import register_snippet

from home.viewsets.facilities import FacilityViewSet
from home.viewsets.figures import ImpactFigureViewSet
from home.viewsets.registration import RegistrationViewSetGroup
from home.viewsets.themes import ThemeViewSet

register_snippet(ThemeViewSet)
register_snippet(ImpactFigureViewSet)
register_snippet(FacilityViewSet)
register_snippet(RegistrationViewSetGroup)
