"""Who would like a mentor, who would like to be one, and whom a person has brought together."""

from django.conf import settings
from django.db import models

from cms.core.models import PrivateModel
from cms.people.models import Department, Technician


class Role(models.TextChoices):
    MENTEE = "mentee", "I would like a mentor"
    MENTOR = "mentor", "I would like to be a mentor"


class State(models.TextChoices):
    NEW = "new"
    PAIRED = "paired"
    CLOSED = "closed"


class MentoringApplicationQuerySet(models.QuerySet["MentoringApplication"]):
    def new(self) -> "MentoringApplicationQuerySet":
        """Longest waiting first."""
        return self.filter(state=State.NEW).order_by("sent_at", "pk")

    def who_would_mentor(self) -> "MentoringApplicationQuerySet":
        return self.filter(role=Role.MENTOR).exclude(state=State.CLOSED).order_by("name")


class MentoringApplication(PrivateModel):
    """One person's ten minutes. Only those who look after mentoring ever read it; the other one of a pair learns
    the name and the e-mail address, nothing else."""

    role = models.CharField(max_length=6, choices=Role)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    department = models.ForeignKey(Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    topics = models.CharField(max_length=200, blank=True)
    hopes = models.TextField(max_length=2000)
    avoid = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.NEW)
    sent_at = models.DateTimeField()
    notes = models.TextField(blank=True, max_length=4000)

    #: Of a mentee: who was offered to them. A mentor has either applied or stands on the page with a profile.
    mentor = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    mentor_technician = models.ForeignKey(
        Technician, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    mentor_name = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    settled_by_name = models.CharField(max_length=120, blank=True)

    objects = MentoringApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        permissions = [("look_after_people", "Can look after mentoring, the network and names put down")]

    def __str__(self) -> str:
        return self.name
