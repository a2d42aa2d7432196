from wagtail.snippets.views.snippets import SnippetViewSet

from gallery.models.exhibitions import Category


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "tag"
    list_display = ["name", "description", "sort_order"]
    sort_order_field = "sort_order"
