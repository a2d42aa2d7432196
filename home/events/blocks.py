import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail import blocks

from cms.core import date_ranges
from cms.core.addresses import absolute_url, open_path
from cms.core.blocks import ParagraphBlock
from cms.core.dates import DayBlock
from cms.people.blocks import ProfileBlock

KINDS = [
    ("talk", "Talk"),
    ("panel", "Panel"),
    ("workshop", "Workshop"),
    ("tour", "Tour"),
    ("social", "Social"),
    ("other", "Something else"),
]
MODES = [("in-person", "In person"), ("online", "Online"), ("both", "In person and online")]


class SomebodyElseBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=120)
    post = blocks.CharBlock(max_length=160, required=False, help_text="Their job, if it helps the reader.")

    class Meta:
        icon = "user"
        label = "Somebody else"


class Session(blocks.StructValue):
    """One thing in a programme."""

    @property
    def starts(self) -> dt.datetime:
        return date_ranges.on_the_clock(self["day"], self["start"]) or date_ranges.midnight(self["day"])

    @property
    def ends(self) -> dt.datetime:
        return date_ranges.on_the_clock(self["day"], self["end"]) or self.starts

    @property
    def track_slug(self) -> str:
        return slugify(self["track"])

    @property
    def kind_words(self) -> str:
        return dict(KINDS).get(self["kind"], "")

    @property
    def mode_words(self) -> str:
        return dict(MODES).get(self["mode"], "")

    @property
    def people(self) -> list[dict[str, str]]:
        """Who speaks: `name`, `post`, and `url` for a technician with a page. Hidden profiles are left out."""
        found = []
        for speaker in self["speakers"]:
            if speaker.block_type == "technician":
                if speaker.value is not None:
                    person = speaker.value
                    found.append({"name": person.name, "post": person.role, "url": person.path})
            else:
                found.append({"name": speaker.value["name"], "post": speaker.value["post"], "url": ""})
        return found

    @property
    def recording_url(self) -> str:
        page = self["recording_page"]
        if page is not None:
            return open_path(page)
        return self["recording_address"] or ""


class SessionBlock(blocks.StructBlock):
    """One thing in an event's programme. The weekday is nowhere to be typed: it follows from the day."""

    day = DayBlock()
    start = blocks.TimeBlock(label="Starts", format="%H:%M")
    end = blocks.TimeBlock(label="Ends", format="%H:%M")
    title = blocks.CharBlock(max_length=160)
    kind = blocks.ChoiceBlock(choices=KINDS, default="talk")
    track = blocks.CharBlock(
        max_length=60, required=False, help_text="Sessions with the same words can be shown on their own."
    )
    place = blocks.CharBlock(max_length=160, required=False)
    mode = blocks.ChoiceBlock(choices=MODES, required=False, label="How to take part")
    places = blocks.IntegerBlock(
        min_value=1, required=False, help_text="How many can come. Leave empty if it does not matter."
    )
    speakers = blocks.StreamBlock(
        [("technician", ProfileBlock()), ("somebody_else", SomebodyElseBlock())], required=False
    )
    description = ParagraphBlock(required=False)
    access = blocks.CharBlock(
        max_length=300, required=False, help_text="Steps, seats, captions, interpreters, quiet rooms."
    )
    recording_page = blocks.PageChooserBlock(
        required=False, label="Recording on this site", help_text="The page with the film and its captions."
    )
    recording_address = blocks.URLBlock(required=False, label="Recording elsewhere")

    def clean(self, value: Session) -> Session:
        cleaned = super().clean(value)
        problems = {}
        for name in ("start", "end"):
            if date_ranges.on_the_clock(cleaned["day"], cleaned[name]) is None:
                problems[name] = ValidationError("The clocks go forward that night: there is no such time.")
        if not problems and cleaned["end"] <= cleaned["start"]:
            problems["end"] = ValidationError("It must end after it starts, on the same day.")
        if problems:
            raise blocks.StructBlockValidationError(problems)
        return cleaned

    def get_api_representation(self, value: Session, context: dict | None = None) -> dict:
        """Times complete with their offset; one address for the recording."""
        told = super().get_api_representation(value, context=context)
        for name in ("day", "start", "end", "recording_page", "recording_address"):
            del told[name]
        address = value.recording_url
        return {
            "starts": value.starts.isoformat(),
            "ends": value.ends.isoformat(),
            **told,
            "recording": absolute_url(address) or None,
        }

    class Meta:
        icon = "time"
        value_class = Session
        form_classname = "session-block"
