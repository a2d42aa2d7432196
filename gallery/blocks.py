"""Puts a photograph from the wall on a page. Credit, description and licence come along by themselves."""

import json
from functools import cached_property

from django.forms import Widget
from django.utils.safestring import SafeString, mark_safe
from wagtail import blocks

from cms.core.addresses import fill_absolute
from gallery.cards import fill_card
from gallery.models.exhibits import Exhibit


class ExhibitBlock(blocks.ChooserBlock):
    """Keeps only the exhibit's public id: one that is taken down leaves the page, one hung again comes back."""

    #: Wagtail's chooser for it, which lives with the admin's screens and is put here when the app starts.
    chooser: type[Widget]

    @cached_property
    def target_model(self) -> type[Exhibit]:
        return Exhibit

    @cached_property
    def widget(self) -> Widget:
        return self.chooser()

    def to_python(self, value: str | None) -> Exhibit | None:
        return Exhibit.objects.on_wall().filter(pk=value).first() if value else None

    def bulk_to_python(self, values: list[str]) -> list[Exhibit | None]:
        found = Exhibit.objects.on_wall().select_related("exhibition").in_bulk(values)
        return [found.get(value) for value in values]

    def render_basic(self, value: Exhibit | None, context: dict | None = None) -> SafeString:
        return mark_safe(fill_card(value.card)) if value else mark_safe("")

    def get_api_representation(self, value: Exhibit | None, context: dict | None = None) -> dict | None:
        if value is None or not value.is_shared:
            return None
        return json.loads(fill_absolute(value.document))

    class Meta:
        icon = "image"
        label = "Photograph from the exhibition"
        template = "gallery/blocks/exhibit.html"
