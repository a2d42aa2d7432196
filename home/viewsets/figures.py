from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import ImpactFigure


class ImpactFigureViewSet(SnippetViewSet):
    model = ImpactFigure
    icon = "order"
    list_display = ["name", "number", "as_of", "source"]
    menu_label = "Figures"
    add_to_settings_menu = True
