"""Addresses that a cache in front of the site has yet to be told to forget."""

from django.db import models

from cms.core.models import PrivateModel


class Purge(PrivateModel):
    """Written with the change it tells of and deleted once told. Only where a cache is set up."""

    addresses = models.JSONField(help_text="Complete, with scheme and host.")
    asked_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{len(self.addresses)} addresses"
