"""Puts a technician on a page."""

from functools import cached_property

from django.forms import Widget
from wagtail import blocks

from cms.core.addresses import absolute_url

from .models import Profile


class ProfileBlock(blocks.ChooserBlock):
    """Keeps only the profile's key: a hidden profile leaves the page, one shown again comes back. Its value is a
    `Profile` or None."""

    @cached_property
    def target_model(self) -> type[Profile]:
        return Profile

    @cached_property
    def widget(self) -> Widget:
        from .viewsets import profile_chooser  # the admin's screens need every model

        return profile_chooser.widget_class()

    def to_python(self, value: str | None) -> Profile | None:
        return Profile.objects.select_related("department").filter(pk=value).first() if value else None

    def bulk_to_python(self, values: list[str]) -> list[Profile | None]:
        found = Profile.objects.select_related("department").in_bulk(values)
        return [found.get(value) for value in values]

    def get_api_representation(self, value: Profile | None, context: dict | None = None) -> dict | None:
        if value is None:
            return None
        return {
            "slug": value.slug,
            "name": value.name,
            "role": value.role,
            "department": value.department.name,
            "registration": value.registration,
            "url": absolute_url(value.path),
        }

    class Meta:
        icon = "user"
        label = "Technician"
