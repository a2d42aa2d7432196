"""Dates and years that somebody types, kept to those somebody can mean: a slip such as 9999 is said at once, and
no list, feed or calendar ever meets it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks

FIRST_YEAR, LAST_YEAR = 1900, 2100


def validate_year(value: int | dt.date) -> None:
    """For a year, a day or a moment."""
    year = value.year if isinstance(value, dt.date) else value
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(f"Please check the year: it must lie between {FIRST_YEAR} and {LAST_YEAR}.")


class _NoSchema(models.Field):
    """Its bounds are not part of the schema: migrations know the plain field."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, arguments, options = super().deconstruct()
        return name, f"django.db.models.{type(self).__mro__[2].__name__}", arguments, options


class DayField(_NoSchema, models.DateField):
    default_validators = [validate_year]


class MomentField(_NoSchema, models.DateTimeField):
    default_validators = [validate_year]


class YearField(_NoSchema, models.PositiveIntegerField):
    default_validators = [validate_year]


class ShortYearField(_NoSchema, models.PositiveSmallIntegerField):
    default_validators = [validate_year]


class DayBlock(blocks.DateBlock):
    """A day that somebody types into a page's blocks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validators=[validate_year, *options.pop("validators", ())], **options)
