from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.admin_screen import PORTAL_MENU

from .models import Synonym


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "search"
    list_display = ["words", "means"]
    menu_label = "Search words"
    menu_order = 500
    menu_hook = PORTAL_MENU
