import datetime as dt

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.core.dates import DayBlock


class AccoladeValue(blocks.StructValue):
    def stands(self, today: dt.date) -> bool:
        return self["until"] is None or today <= self["until"]


class AccoladeBlock(blocks.StructBlock):
    """An award or charter the institution holds, shown at the foot of every page until its last day."""

    name = blocks.CharBlock(max_length=80, help_text="Such as “Technician Commitment signatory”.")
    awarded_by = blocks.CharBlock(max_length=120)
    awarded_on = DayBlock()
    until = DayBlock(required=False, help_text="Its last day. It leaves the page by itself afterwards.")
    badge = ImageChooserBlock(required=False, help_text="Its description comes from the library.")
    address = blocks.URLBlock(required=False, help_text="Where one can read what it stands for.")

    def clean(self, value: AccoladeValue) -> AccoladeValue:
        cleaned = super().clean(value)
        if cleaned["until"] and cleaned["until"] < cleaned["awarded_on"]:
            late = ValidationError("Its last day comes before the day it was awarded.")
            raise blocks.StructBlockValidationError(block_errors={"until": late})
        return cleaned

    class Meta:
        icon = "success"
        value_class = AccoladeValue
