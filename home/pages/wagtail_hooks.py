"""Registers; nothing else."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from home.pages import admin_access, tasks_panel, write_panel


@hooks.register("construct_homepage_panels")
def add_write_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(write_panel.panels_for(request.user))


@hooks.register("construct_homepage_panels")
def add_tasks_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(tasks_panel.panels_for(request.user))


@hooks.register("construct_main_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_settings_menu")
def hide_closed_doors(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if admin_access.leads_somewhere(request, item)]
