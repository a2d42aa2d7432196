from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Synonym


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "search"
    list_display = ["words", "means"]
    menu_label = "Search words"
    add_to_settings_menu = True
