"""The files exactly as received."""

import secrets

from django.conf import settings
from django.core.files.storage import storages
from django.db import models

from cms.core.models import PrivateModel


class MasterIsFinal(Exception):
    """Somebody tried to put another file or another fact under a master. Masters are written once."""


def private_storage():
    return storages["private"]


def master_path(instance: "Master", filename: str) -> str:
    """A name of our own choosing; what the photographer called the file never reaches the disk."""
    return f"masters/{secrets.token_hex(16)}{instance.extension}"


class Master(PrivateModel):
    """One photograph as received: written once, never replaced, never served except as an attachment."""

    file = models.FileField(storage=private_storage, upload_to=master_path, max_length=120)
    original_name = models.CharField(max_length=255, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    format = models.CharField(max_length=12)
    mime = models.CharField(max_length=40)
    extension = models.CharField(max_length=8)
    bytes = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(help_text="Upright, in pixels.")
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    pixel_hash = models.CharField(max_length=64, db_index=True)
    likeness = models.CharField(max_length=64, help_text="Close for re-encoded copies of one picture.")
    colour = models.CharField(max_length=7)
    placeholder = models.CharField(max_length=60)
    found = models.JSONField(default=dict, help_text="Camera, lens, exposure, date, creator, rights.")
    had_location = models.BooleanField(default=False)
    #: Re-encoded copy for the desk and the review screen. Private like the master; empty until the worker made it.
    preview = models.FileField(storage=private_storage, max_length=120, blank=True)
    #: The file itself has been deleted after a withdrawal; the facts above are kept.
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "photograph as received"
        verbose_name_plural = "photographs as received"

    def __str__(self) -> str:
        return f"{self.format}, {self.width} × {self.height}"

    def save(self, *args, **kwargs) -> None:
        """Only inserts. Later only the preview and the erasure may be recorded, by name."""
        if not self._state.adding:
            allowed = {"preview", "erased_at"}
            if not set(kwargs.get("update_fields") or ["file"]) <= allowed:
                raise MasterIsFinal("A photograph as received is never changed.")
        super().save(*args, **kwargs)
