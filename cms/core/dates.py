"""Dates and years that somebody types, kept to those somebody can mean: a slip such as 9999 is said at once, and
no list, feed or calendar ever meets it. Times are those of one clock, which stands at the fields."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks

from .date_ranges import on_the_clock

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

    def formfield(self, **options: Any) -> forms.Field | None:
        return super().formfield(**{"help_text": name_clock(str(self.help_text)), **options})


class YearField(_NoSchema, models.PositiveIntegerField):
    default_validators = [validate_year]


class ShortYearField(_NoSchema, models.PositiveSmallIntegerField):
    default_validators = [validate_year]


def name_clock(help_text: str = "") -> str:
    """`help_text` with the zone of our clock, for a field that takes a time: “London time.”"""
    return f"{help_text} {settings.TIME_ZONE.rpartition('/')[2].replace('_', ' ')} time.".strip()


def use_one_clock() -> None:
    """From now on nobody's account has a clock of its own, and every form takes the hours in which clocks change:
    of a time that comes twice the first, and of one that never comes it says so. Call once, at start."""
    from wagtail.users.models import UserProfile  # needs the list of apps

    to_python = forms.DateTimeField.to_python

    def read_moment(field: forms.DateTimeField, value: Any) -> dt.datetime | None:
        try:
            return to_python(field, value)
        except ValidationError as problem:
            if problem.code != "ambiguous_timezone":
                raise
            typed = (problem.params or {})["datetime"]
            if moment := on_the_clock(typed.date(), typed.time()):
                return moment
            raise ValidationError(
                f"There is no {typed:%H:%M} on {typed:%-d %B %Y}: the clocks go forward over it. "
                "Please choose an hour earlier or later.",
                code="no_such_time",
            ) from problem

    forms.DateTimeField.to_python = read_moment  # type: ignore[method-assign, assignment]
    UserProfile.get_current_time_zone = lambda profile: settings.TIME_ZONE


class DayBlock(blocks.DateBlock):
    """A day that somebody types into a page's blocks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validators=[validate_year, *options.pop("validators", ())], **options)
