"""What is written down about the running of a site itself."""

from django.db import models

from cms.core.models import PrivateModel


class OwedLine(PrivateModel):
    """A line of the log of withdrawals whose outcome it does not say yet. Part of the transaction it tells of."""

    id = models.CharField(primary_key=True, max_length=16)
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"


class Backup(PrivateModel):
    """One run of `manage.py backup`, whatever came of it. `problem` is a sentence, empty when all went well."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    files = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0, help_text="Of the whole backup.")
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.started_at:%-d %B %Y %H:%M}"

    @property
    def went_well(self) -> bool:
        return not self.problem
