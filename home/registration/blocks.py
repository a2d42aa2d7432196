"""What the pages about professional registration are made of."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail import blocks

from cms.core.addresses import absolute_url
from cms.core.dates import LAST_YEAR, DayBlock
from cms.people.blocks import ProfileBlock


class StepBlock(blocks.StructBlock):
    words = blocks.CharBlock(max_length=200)
    page = blocks.PageChooserBlock(required=False, help_text="Where it can be done, if it is on this site.")

    class Meta:
        icon = "list-ol"
        label = "Step"


class FrequentQuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=160)
    answer = blocks.TextBlock(max_length=800)

    class Meta:
        icon = "help"
        label = "Frequent question"


class RegistrationMentorBlock(blocks.StructBlock):
    """Somebody to ask. The line goes when their profile does."""

    person = ProfileBlock()
    helps_with = blocks.CharBlock(max_length=160, required=False, help_text="Such as “first applications”.")

    class Meta:
        icon = "group"
        label = "Mentor for registration"


class RouteBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=80)
    words = blocks.TextBlock(max_length=500)
    by_experience = blocks.BooleanBlock(
        required=False, help_text="Tick it if it counts what people have done. Such routes stand first."
    )

    class Meta:
        icon = "redirect"
        label = "Route"


class FeeBlock(blocks.StructBlock):
    """A sum of money, never without its year and where it was read."""

    what = blocks.CharBlock(max_length=80, help_text="Such as “Application, once”.")
    amount = blocks.CharBlock(max_length=60, help_text="Such as £28, or “set by the body”.")
    year = blocks.IntegerBlock(min_value=2000, max_value=LAST_YEAR, help_text="For which year it was listed.")
    source = blocks.URLBlock(help_text="Where you read it.")
    we_pay = blocks.BooleanBlock(required=False, label="The university pays it")

    class Meta:
        icon = "tag"
        label = "Fee"


class ExampleBlock(blocks.StructBlock):
    """One competence as a colleague wrote it up. It goes when their profile does."""

    area = blocks.CharBlock(max_length=120, help_text="Such as “A: application of knowledge”.")
    person = ProfileBlock()
    words = blocks.TextBlock(max_length=1500)

    class Meta:
        icon = "openquote"
        label = "Worked example"


class TestimonialBlock(blocks.StructBlock):
    """Somebody's own words about their registration, shown while they show their profile.

    `agreed_on` is the record of their consent. It is for editors and leaves the site in no form.
    """

    person = ProfileBlock()
    words = blocks.TextBlock(max_length=600, help_text="Exactly as they said or wrote them.")
    register = blocks.PageChooserBlock(page_type="registration.RegisterPage", required=False)
    agreed_on = DayBlock(help_text="The day on which they agreed to these words standing here.")

    def clean(self, value: dict) -> dict:
        cleaned = super().clean(value)
        if cleaned["agreed_on"] > timezone.localdate():
            problem = ValidationError("That day is still to come. Ask them first.")
            raise blocks.StructBlockValidationError({"agreed_on": problem})
        return cleaned

    def get_api_representation(self, value: dict, context: dict | None = None) -> dict[str, Any] | None:
        if value["person"] is None:
            return None
        register = shown(value["register"])
        return {
            "person": self.child_blocks["person"].get_api_representation(value["person"], context),
            "words": value["words"],
            "register": {"title": register.title, "url": absolute_url(register.address)} if register else None,
        }

    def get_context(self, value: dict, parent_context: dict | None = None) -> dict:
        return super().get_context(value, parent_context=parent_context) | {"register": shown(value["register"])}

    class Meta:
        icon = "openquote"
        label = "Testimonial"
        template = "registration/testimonial.html"


def shown(page: Any) -> Any:
    """A chosen page the public may see, or None."""
    return page if page is not None and page.live else None
