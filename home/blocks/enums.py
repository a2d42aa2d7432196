"""Choices that blocks and pages share, below both."""

from django.db.models import TextChoices


class ArticleKind(TextChoices):
    """What it is; stands in words on its card."""

    NEWS = "news", "News"
    FEATURE = "feature", "Feature"
    INTERVIEW = "interview", "Interview"
    FIRST_PERSON = "first-person", "First person"
    PRESS_RELEASE = "press-release", "Press release"
    GUIDE = "guide", "Guide"
