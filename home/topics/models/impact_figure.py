from decimal import Decimal
from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.core.dates import DayField

#: Signs that stand before the number.
BEFORE = ("£", "€", "$")


class ImpactFigure(index.Indexed, models.Model):
    """A number we tell people, kept in one place: change it here and every page that shows it follows.

    It never stands without its day and its source.
    """

    name = models.CharField(
        "what it counts", max_length=120, help_text="Stands under the number, such as “technicians on a register”."
    )
    value = models.DecimalField("number", max_digits=14, decimal_places=2)
    unit = models.CharField(
        max_length=20, blank=True, help_text="Such as %, hours or £. Leave it empty for a plain count."
    )
    as_of = DayField("on which day")
    source = models.CharField(
        "where it comes from", max_length=160, help_text="So that somebody else could count it again."
    )
    source_url = models.URLField("address of the source", blank=True)
    review_by = DayField("check again by", null=True, blank=True)

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("unit"), FieldPanel("as_of")]),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("source_url"), FieldPanel("review_by")], "Source"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("source"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = "figure"

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def number(self) -> str:
        """The number as people write it.

        >>> ImpactFigure(value=Decimal("62.00"), unit="%").number
        '62%'
        >>> ImpactFigure(value=Decimal("1250.5"), unit="£").number
        '£1,250.50'
        """
        value = Decimal(str(self.value))
        if value == value.to_integral_value():
            text = f"{value:,.0f}"
        else:
            text = f"{value:,.2f}" if self.unit in BEFORE else f"{value.normalize():,f}"
        if self.unit in BEFORE:
            return f"{self.unit}{text}"
        return f"{text}%" if self.unit == "%" else f"{text} {self.unit}".strip()

    @property
    def facts(self) -> dict[str, Any]:
        """For other sites."""
        return {
            "name": self.name,
            "value": float(self.value),
            "unit": self.unit,
            "number": self.number,
            "as_of": self.as_of.isoformat(),
            "source": self.source,
            "source_url": self.source_url,
        }
