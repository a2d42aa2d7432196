"""What editions, categories and departments were called in addresses before: others keep those in links, feeds and
questions to the APIs. A name that is given again leads to whoever has it now."""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import pre_save

from .models import FormerSlug
from .process_cache import ProcessCache

_known: ProcessCache[dict[tuple[str, str], str]] = ProcessCache()


def slug_now(kind: str, slug: str) -> str:
    """What `slug` is called now, or empty. Another process may answer from what it knew a minute ago."""
    return _known.get(_read).get((kind, slug), "")


def _read() -> dict[tuple[str, str], str]:
    return {(kind, slug): now for kind, slug, now in FormerSlug.objects.values_list("kind", "slug", "now")}


def renamed(kind: str, before: str, after: str) -> None:
    """To be said of every change; `before` is empty for something new."""
    FormerSlug.objects.filter(kind=kind, slug=after).delete()
    if before and before != after:
        FormerSlug.objects.filter(kind=kind, now=before).update(now=after)
        FormerSlug.objects.update_or_create(kind=kind, slug=before, defaults={"now": after})
    transaction.on_commit(_known.forget)


def follow(model: type[models.Model], kind: str) -> None:
    """Remembers what rows of `model` were called. Pages say it themselves: theirs counts once it is published."""

    def before_saving(instance: Any, **signal: object) -> None:
        before = model._default_manager.filter(pk=instance.pk).values_list("slug", flat=True).first() or ""
        if before != instance.slug:
            renamed(kind, before, instance.slug)

    pre_save.connect(before_saving, sender=model, weak=False, dispatch_uid=f"follow-{kind}")
