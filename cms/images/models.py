"""The editors' library of pictures.

Originals are private. What the public sees is made by us: a ladder of ready-made files for pages and the API,
and Wagtail's renditions for the admin. Both hold pixels, credit and nothing else.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from io import BytesIO
from typing import Any

from django.core.files.base import File
from django.db import models, transaction
from wagtail.images.image_operations import (
    AvifQualityOperation,
    FormatOperation,
    JPEGQualityOperation,
    WebPQualityOperation,
)
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    ImageQuerySet,
    SourceImageIOError,
    WagtailImageField,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.search import index

from cms.images import encode, formats
from cms.images.credit import Credit
from cms.images.fields import OriginalField, SourcesField, private_storage, public_storage
from cms.images.jobs import MAKE_LADDER
from cms.images.validate import Inspection, PhotoRefused

WORDS = ("title", "description", "alt_text", "creator", "credit")
RENDITION_CODES = ("jpeg", "png", "webp", "avif")
SPEAKING_OPERATIONS = (
    FormatOperation,
    JPEGQualityOperation,
    WebPQualityOperation,
    AvifQualityOperation,
)


class ContentLicence(models.TextChoices):
    ALL_RIGHTS = "all-rights", "All rights reserved"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_NC_SA = "cc-by-nc-sa-4.0", "CC BY-NC-SA 4.0"
    CC0 = "cc0-1.0", "CC0 1.0 (no rights kept)"

    @property
    def url(self) -> str:
        """The licence's own page; empty when all rights are reserved."""
        paths = {
            ContentLicence.CC_BY: "licenses/by/4.0/",
            ContentLicence.CC_BY_NC_SA: "licenses/by-nc-sa/4.0/",
            ContentLicence.CC0: "publicdomain/zero/1.0/",
        }
        return f"https://creativecommons.org/{paths[self]}" if self in paths else ""


class PortalImageQuerySet(ImageQuerySet):
    def unmade(self) -> "PortalImageQuerySet":
        """Pictures whose public files are missing or out of date: their job was lost, or is under way."""
        return self.exclude(made_key=models.F("wanted_key"))


class PortalImage(AbstractImage):
    """A picture editors can place on pages. Width and height are upright pixels of the original."""

    is_shared = True  # what an editor places on a page, other sites may show with it

    file = OriginalField(
        verbose_name="file",
        upload_to=get_upload_to,
        storage=private_storage,
        width_field="width",
        height_field="height",
    )
    alt_text = models.CharField(
        "text alternative",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for people who cannot see it. Leave empty only for decoration.",
    )
    creator = models.CharField("photographer", max_length=120, blank=True)
    credit = models.CharField(
        "credit line",
        max_length=200,
        blank=True,
        help_text="Shown beside the picture, such as “Photo: A. Example, Calderwick University”.",
    )
    licence = models.CharField(max_length=20, choices=ContentLicence, default=ContentLicence.ALL_RIGHTS)

    placeholder = models.CharField(max_length=60, blank=True, editable=False)
    colour = models.CharField(max_length=7, blank=True, editable=False)
    sources = SourcesField(default=list, blank=True, editable=False)
    # The public files are up to date when what they were made from equals what they should be made from.
    wanted_key = models.CharField(max_length=64, blank=True, editable=False)
    made_key = models.CharField(max_length=64, blank=True, editable=False)

    objects = PortalImageQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "creator",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("alt_text"),
        index.SearchField("creator"),
        index.SearchField("credit"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        """Never the title: a file name read aloud helps nobody, and silence is honest."""
        return self.alt_text

    def as_api(self) -> dict[str, Any]:
        """For other sites: size, description, credit, and every file, widest first."""
        return {
            "width": self.width,
            "height": self.height,
            "alt": self.alt_text,
            "credit": self.credit_line,
            "colour": self.colour,
            "placeholder": self.placeholder,
            "sources": self.sources.as_api(),
        }

    @property
    def credit_line(self) -> str:
        return self.credit or (f"Photo: {self.creator}" if self.creator else "")

    def get_licence(self) -> ContentLicence:
        return ContentLicence(self.licence)

    def embedded_credit(self) -> Credit:
        """What is written into every public copy. Not the title: it begins as the name of a file, which may name
        anybody, and only the library shows it."""
        owner = self.creator or self.credit
        licence = self.get_licence()
        waived = licence is ContentLicence.CC0
        return Credit(
            creator=self.creator,
            credit_line=self.credit_line,
            copyright_notice=f"© {owner}" if owner and not waived else "",
            licence_url=licence.url,
            usage_terms=licence.label,
            alt_text=self.alt_text,
        )

    def describe(self, inspection: Inspection) -> None:
        """Take over what the inspection of a new original found."""
        self.placeholder, self.colour = inspection.thumbhash, inspection.colour
        self.file_size, self.file_hash = inspection.bytes, inspection.sha256[:40]

    def _set_image_file_metadata(self) -> None:
        """Wagtail's forms ask for this before saving; `describe` does it when the file is written."""

    def get_upload_to(self, filename: str) -> str:
        return f"library/{filename}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new file or new words make the public files out of date; a job then makes them again."""
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
        words = json.dumps([self.file.name, asdict(self.embedded_credit())], ensure_ascii=False)
        self.wanted_key = hashlib.sha256(words.encode()).hexdigest()
        super().save(*args, **kwargs)
        if self.wanted_key != self.made_key:
            transaction.on_commit(self._make_anew)

    def _make_anew(self) -> None:
        # Renditions carry the old words or the old picture; Wagtail makes them again when asked.
        self.renditions.all().delete()
        MAKE_LADDER.ring(image_id=self.pk)

    @contextmanager
    def open_file(self) -> Iterator[File]:
        """The original, open for reading and closed afterwards: Wagtail's own leaves it open."""
        try:
            original = self.file.storage.open(self.file.name, "rb")
        except OSError as error:
            raise SourceImageIOError(str(error)) from error
        with original:
            yield original

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """A rendition from the bounded process: whatever Wagtail asks for, credited and with nothing else.

        Longer than 2,400 pixels nothing is made, `original` included. Formats browsers do not need become
        JPEG. Raises SourceImageIOError, which Wagtail shows as a missing picture.
        """
        transform = filter.get_transform(self)
        said: dict[str, Any] = {}
        for operation in filter.filter_operations:
            if isinstance(operation, SPEAKING_OPERATIONS):
                operation.run(None, self, said)
        asked = said.get("output-format")
        kind = formats.BY_CODE[asked if asked in RENDITION_CODES else "jpeg"]
        width, height = transform.size
        scale = min(1.0, formats.PREVIEW_LONG_EDGE / max(width, height))
        try:
            with self.open_file() as original:
                made = encode.render(
                    source or original,
                    crop=tuple(transform.get_rect().round()),
                    size=(max(1, round(width * scale)), max(1, round(height * scale))),
                    mime=kind.mime,
                    credit=self.embedded_credit(),
                    quality=said.get(f"{kind.code}-quality"),
                )
        except PhotoRefused as refused:
            raise SourceImageIOError(refused.message) from refused
        return File(BytesIO(made.data), name=f"{secrets.token_hex(10)}{kind.extension}")


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, related_name="renditions", on_delete=models.CASCADE)
    file = WagtailImageField(
        upload_to=get_rendition_upload_to,
        storage=public_storage,
        width_field="width",
        height_field="height",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="images_one_rendition_per_filter"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        return f"renditions/{filename}"
