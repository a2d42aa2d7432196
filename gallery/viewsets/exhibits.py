"""The chooser with which editors place photographs from the wall on their pages."""

from django import forms
from django.core.files.storage import storages
from django.urls import URLPattern
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.generic.chooser import BaseChooseView, ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser, BaseChooserAdapter

from gallery.blocks import ExhibitBlock
from gallery.models.exhibits import Exhibit, ExhibitQuerySet


class ExhibitSearchForm(BaseFilterForm):
    q = forms.CharField(
        label="Search by title, name, department or words",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Glass, night shift, Okafor…"}),
    )

    def filter(self, objects: ExhibitQuerySet) -> ExhibitQuerySet:
        objects = super().filter(objects)
        words = self.cleaned_data["q"].strip()
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return objects.matching(words)


def picture_url(exhibit: Exhibit) -> str:
    smallest = exhibit.sources.best_jpeg(max_width=320)
    return storages["public"].url(smallest["key"]) if smallest else ""


class PictureColumn(BaseColumn):
    cell_template_name = "gallery/admin/exhibit_cell.html"

    def get_cell_context_data(self, instance: Exhibit, parent_context: dict) -> dict:
        return {**super().get_cell_context_data(instance, parent_context), "url": picture_url(instance)}


class ExhibitsShown(BaseChooseView):
    filter_form_class = ExhibitSearchForm
    results_template_name = "gallery/admin/exhibit_results.html"

    @property
    def columns(self) -> list[BaseColumn]:
        title = self.title_column
        return [
            PictureColumn("picture", label="", width="140px"),
            title,
            Column("credit", label="Credit"),
            Column("exhibition", label="Exhibition", accessor="exhibition.title"),
        ]


class ExhibitChooseView(ExhibitsShown, ChooseView):
    pass


class ExhibitChooseResultsView(ExhibitsShown, ChooseResultsView):
    pass


class ExhibitChosenView(ChosenView):
    def get_display_title(self, instance: Exhibit) -> str:
        return chosen_title(instance)

    def get_chosen_response_data(self, item: Exhibit) -> dict:
        return {**super().get_chosen_response_data(item), "picture": picture_url(item)}


def chosen_title(exhibit: Exhibit) -> str:
    return f"{exhibit.title} ({exhibit.credit})"


class ExhibitWidget(BaseChooser):
    """Shows the chosen photograph, and not an icon."""

    template_name = "gallery/admin/exhibit_chooser.html"

    def get_display_title(self, instance: Exhibit) -> str:
        return chosen_title(instance)

    def get_value_data_from_instance(self, instance: Exhibit) -> dict:
        return {**super().get_value_data_from_instance(instance), "picture": picture_url(instance)}

    def get_context(self, name: str, value: dict, attrs: dict) -> dict:
        return {**super().get_context(name, value, attrs), "picture": value.get("picture", "")}


class ExhibitWidgetAdapter(BaseChooserAdapter):
    js_constructor = "gallery.widgets.ExhibitChooser"

    @property
    def media(self) -> forms.Media:
        own = forms.Media(js=[versioned_static("wagtailadmin/js/chooser-widget.js"), "cms/js/exhibit-chooser.js"])
        return super().media + own


class ExhibitFinder:
    """An exhibit is not edited: “See it on the wall” leads to its page."""

    def __init__(self, user: object = None) -> None:
        pass

    def get_edit_url(self, instance: Exhibit) -> str:
        return instance.path


class ExhibitChooserViewSet(ChooserViewSet):
    model = Exhibit
    icon = "image"
    choose_one_text = "Choose a photograph from the exhibition"
    choose_another_text = "Choose another photograph"
    edit_item_text = "See it on the wall"
    per_page = 12
    choose_view_class = ExhibitChooseView
    choose_results_view_class = ExhibitChooseResultsView
    chosen_view_class = ExhibitChosenView
    base_widget_class = ExhibitWidget
    widget_telepath_adapter_class = ExhibitWidgetAdapter

    def get_object_list(self) -> ExhibitQuerySet:
        return Exhibit.objects.on_wall().select_related("exhibition").order_by("-hung_at", "public_id")

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without “create”: exhibits are made by hanging an entry."""
        return [route for route in super().get_urlpatterns() if route.name != "create"]

    def on_register(self) -> None:
        super().on_register()
        register_admin_url_finder(Exhibit, ExhibitFinder)


exhibit_chooser = ExhibitChooserViewSet("exhibit_chooser", url_prefix="exhibits/choose")
ExhibitBlock.chooser = exhibit_chooser.widget_class
