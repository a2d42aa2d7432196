"""Registers; nothing else."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from home.viewsets.facilities import FacilityViewSet
from home.viewsets.figures import ImpactFigureViewSet
from home.viewsets.jobs import panels_for
from home.viewsets.registration import RegistrationViewSetGroup
from home.viewsets.themes import ThemeViewSet

register_snippet(ThemeViewSet)
register_snippet(ImpactFigureViewSet)
register_snippet(FacilityViewSet)
register_snippet(RegistrationViewSetGroup)


@hooks.register("construct_homepage_panels")
def jobs_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(panels_for(request.user))
