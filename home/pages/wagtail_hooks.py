"""Registers; nothing else."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.contrib.settings.registry import SettingMenuItem

from cms.core.admin_screen import PORTAL_MENU
from cms.core.models import PortalSettings
from home.pages import admin_access, tasks_panel, write_panel
from home.pages.site_menu import arrange_menu


@hooks.register("construct_homepage_panels")
def add_write_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(write_panel.panels_for(request.user))


@hooks.register("construct_homepage_panels")
def add_tasks_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(tasks_panel.panels_for(request.user))


portal_menu = Menu(register_hook_name=PORTAL_MENU, construct_hook_name="construct_portal_menu")


@hooks.register("register_admin_menu_item")
def the_portal() -> MenuItem:
    return SubmenuMenuItem("The portal", portal_menu, name="the-portal", icon_name="home", order=300)


@hooks.register(PORTAL_MENU)
def portal_settings() -> MenuItem:
    return SettingMenuItem(PortalSettings, icon="cog", order=20)


@hooks.register(PORTAL_MENU)
def site_menu() -> MenuItem:
    return MenuItem("Order of the menu", reverse("site_menu"), name="site-menu", icon_name="list-ul", order=30)


@hooks.register("register_admin_urls")
def site_menu_address() -> list[URLPattern]:
    return [path("site-menu/", arrange_menu, name="site_menu")]


@hooks.register("construct_settings_menu")
def portal_settings_stand_in_the_portals_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if getattr(item, "model", None) is not PortalSettings]


@hooks.register("construct_main_menu")
@hooks.register("construct_portal_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_settings_menu")
def hide_closed_doors(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if admin_access.leads_somewhere(request, item)]
