from wagtail.snippets.views.snippets import SnippetViewSet

from home.topics.models import ImpactFigure, Theme


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "line", "sort_order"]
    menu_label = "Themes"
    add_to_settings_menu = True


class ImpactFigureViewSet(SnippetViewSet):
    model = ImpactFigure
    icon = "order"
    list_display = ["name", "number", "as_of", "source"]
    menu_label = "Figures"
    add_to_settings_menu = True
