"""The file of a library picture: judged when it arrives, written to private storage under a name of ours. And the
files made for the public."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db.models import JSONField, Model
from django.db.models.query_utils import DeferredAttribute
from django.forms.fields import FileField
from wagtail.images.fields import WagtailImageField as WagtailImageFormField
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from cms.images import formats
from cms.images.formats import Limits
from cms.images.sources import Source, Sources
from cms.images.validate import Inspection, PhotoRefused, inspect

LIMITS = Limits()


def private_storage() -> Storage:
    return storages["private"]


def public_storage() -> Storage:
    return storages["public"]


def inspection_of(file: Any) -> Inspection:
    """Judge a file once; the answer travels with it. Raises PhotoRefused."""
    if not hasattr(file, "inspection"):
        file.inspection = inspect(file, limits=LIMITS)
    return file.inspection


class OriginalFieldFile(WagtailImageFieldFile):
    """An original. Its size is the upright one, from our own inspection; Willow never opens it."""

    def get_image_dimensions(self) -> tuple[int, int]:
        """Known for what is stored: Django asks again whenever a row is read anew."""
        known = self.instance.width, self.instance.height
        if self._committed and all(known):
            return known
        if self._committed:
            with self.storage.open(self.name, "rb") as original:
                inspection = inspect(original, limits=LIMITS)
        else:
            inspection = inspection_of(self.file)
        return inspection.width, inspection.height

    def save(self, name: str, content: File, save: bool = True) -> None:
        """The sender's name is forgotten: only the true extension is kept."""
        inspection = inspection_of(content)
        self.instance.describe(inspection)
        super().save(f"{secrets.token_hex(16)}{inspection.extension}", content, save=save)


class OriginalField(WagtailImageField):
    attr_class = OriginalFieldFile


class _SourcesAttribute(DeferredAttribute):
    def __set__(self, instance: Model, value: list[Source] | None) -> None:
        instance.__dict__[self.field.attname] = Sources(value or ())


class SourcesField(JSONField):
    """A ladder's files, always read as `Sources`. For migrations it is a field of JSON like any other."""

    descriptor_class = _SourcesAttribute

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


class PhotoFormField(WagtailImageFormField):
    """An upload judged by its content; its refusals say what to do. The file's name and type are not asked."""

    default_validators: list[Any] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help_text = f"{formats.ACCEPTED_NAMES}, up to {LIMITS.max_bytes // (1024 * 1024)} MB."

    def to_python(self, data: Any) -> Any:
        file: Any = FileField.to_python(self, data)
        if file is None:
            return None
        try:
            file.content_type = inspection_of(file).mime
        except PhotoRefused as refused:
            raise ValidationError(refused.message, code=refused.code) from None
        return file
