"""People in the picture and what they allow."""

from django.db import models

from cms.core.models import PrivateModel
from gallery.enums import Channel

from .entries import Entry
from .word_limits import NAME_CHARACTERS

ALL_CHANNELS = [channel.value for channel in Channel]


class PicturedPersonQuerySet(models.QuerySet["PicturedPerson"]):
    def of(self, entry: Entry) -> "PicturedPersonQuerySet":
        return self.filter(entry=entry)


class PicturedPerson(PrivateModel):
    """Somebody in the picture. Until they have confirmed on a page of their own, a moderator confirms that their
    consent is on file; `confirmed_by` says who looked."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME_CHARACTERS)
    email = models.EmailField(blank=True)
    channels = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=120, blank=True)

    objects = PicturedPersonQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "person pictured"
        verbose_name_plural = "people pictured"

    def __str__(self) -> str:
        return self.name

    def allows(self, channel: Channel) -> bool:
        return self.confirmed_at is not None and channel.value in self.channels
