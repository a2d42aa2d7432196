"""Registers; nothing else."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page, PageQuerySet
from wagtail.permissions import register_permission_policy

from home.contributions.admin import PortalPagePolicy, arrange_panels, shown_pages, thank

register_permission_policy(Page, PortalPagePolicy(Page))


@hooks.register("construct_homepage_panels")
def contributions_panel(request: HttpRequest, panels: list[Component]) -> None:
    arrange_panels(panels, request.user)


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    return shown_pages(pages, request.user)


@hooks.register("after_create_page")
def after_create(request: HttpRequest, page: Page) -> None:
    thank(request, page)


@hooks.register("after_edit_page")
def after_edit(request: HttpRequest, page: Page) -> None:
    thank(request, page)
