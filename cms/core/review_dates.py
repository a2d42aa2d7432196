"""Which facts have grown old: whatever has a `review_by` day, pages and other records alike."""

import datetime as dt
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model


@dataclass(frozen=True)
class Due:
    what: Model
    kind: str
    since: dt.date


def models_to_check() -> list[type[Model]]:
    found = []
    for model in apps.get_models():
        try:
            model._meta.get_field("review_by")
        except FieldDoesNotExist:
            continue
        found.append(model)
    return found


def due(today: dt.date) -> list[Due]:
    """What should have been checked again by `today`, the longest overdue first. Drafts are left alone. One query
    for each kind."""
    found = []
    for model in models_to_check():
        rows = model._default_manager.filter(review_by__lte=today)
        if any(field.name == "live" for field in model._meta.fields):
            rows = rows.filter(live=True)
        kind = str(model._meta.verbose_name).capitalize()
        found += [Due(row, kind, row.review_by) for row in rows]  # type: ignore[attr-defined]
    return sorted(found, key=lambda one: one.since)
