from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import Theme


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "line", "sort_order"]
    menu_label = "Themes"
    add_to_settings_menu = True
