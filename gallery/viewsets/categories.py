from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.admin_screen import PORTAL_MENU
from gallery.models.exhibitions import Category


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "tag"
    menu_label = "Categories"
    menu_order = 200
    menu_hook = PORTAL_MENU
    list_display = ["name", "description", "sort_order"]
    sort_order_field = "sort_order"
