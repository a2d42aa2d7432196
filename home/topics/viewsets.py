from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.admin_screen import PORTAL_MENU
from home.topics.models import ImpactFigure, Theme


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "line", "sort_order"]
    menu_label = "Themes"
    menu_order = 300
    menu_hook = PORTAL_MENU


class ImpactFigureViewSet(SnippetViewSet):
    model = ImpactFigure
    icon = "order"
    list_display = ["name", "number", "as_of", "source"]
    menu_label = "Figures"
    menu_order = 310
    menu_hook = PORTAL_MENU
