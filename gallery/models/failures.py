"""What did not work with a photograph's files, until it works."""

import datetime as dt

from django.db import models

from cms.core.models import PrivateModel
from cms.jobs.retries import Retried, RetriedQuerySet, resting

from .entries import Entry


class FileJob(models.TextChoices):
    """Work the worker does on an entry's files. The label says what it means when it fails."""

    HANG = "hang", "It could not be put on the wall"
    SWEEP = "sweep", "Its files could not be deleted"
    PREVIEW = "preview", "Its preview could not be made"
    REWRITE = "rewrite", "Its corrected words could not be written into its files"


class JobFailureQuerySet(RetriedQuerySet):
    def waiting(self, job: FileJob, now: dt.datetime) -> "JobFailureQuerySet":
        return self.filter(resting(now), job=job)


class JobFailure(PrivateModel, Retried):
    """One kind of work that keeps failing for one entry. There is a row only while it fails."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    job = models.CharField(max_length=8, choices=FileJob)
    problem = models.CharField(max_length=200, help_text="In plain words; never an address or a key.")
    since = models.DateTimeField()

    objects = JobFailureQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "job"], name="one_failure_each")]

    def __str__(self) -> str:
        return f"{self.get_job_display()}: {self.problem}"
