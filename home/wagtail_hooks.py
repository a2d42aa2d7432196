"""Registers; nothing else."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from home.viewsets import contributions, writing
from home.viewsets.facilities import FacilityViewSet
from home.viewsets.figures import ImpactFigureViewSet
from home.viewsets.jobs import panels_for
from home.viewsets.registration import RegistrationViewSetGroup
from home.viewsets.themes import ThemeViewSet

register_permission_policy(Page, contributions.PortalPagePolicy(Page))
register_snippet(ThemeViewSet)
register_snippet(ImpactFigureViewSet)
register_snippet(FacilityViewSet)
register_snippet(RegistrationViewSetGroup)


@hooks.register("construct_homepage_panels")
def writing_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(writing.panels_for(request.user))


@hooks.register("construct_homepage_panels")
def jobs_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(panels_for(request.user))


@hooks.register("construct_homepage_panels")
def contributions_panel(request: HttpRequest, panels: list[Component]) -> None:
    contributions.arrange_panels(panels, request.user)


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return contributions.shown_pages(pages, request.user)


@hooks.register("after_create_page")
def after_create(request: HttpRequest, page: Page) -> None:
    contributions.thank(request, page)


@hooks.register("after_edit_page")
def after_edit(request: HttpRequest, page: Page) -> None:
    contributions.thank(request, page)
