"""What a photographer types, read kindly: whatever can be kept is kept, complete or not.

The form refuses only what no column can hold or no choice offers. What is missing is judged by
`services.entries.problems`, and only when an entry is sent in.
"""

from collections.abc import Mapping
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from cms.core.text import clean
from cms.images.formats import ACCEPTED_EXTENSIONS, ACCEPTED_MIMES
from cms.people.models import Department
from gallery.enums import Clearance, CreditName, Licence, People
from gallery.forms.choices import CLEARANCE_QUESTIONS, CREDIT_WORDS, LICENCE_WORDS, Option, options
from gallery.forms.dates import read_taken_on
from gallery.forms.people import EMAIL_CHARACTERS, PersonRow, rows_of, typed_rows, with_empty_rows
from gallery.models.consents import PicturedPerson
from gallery.models.entries import CLEARANCES, Entry
from gallery.models.exhibitions import Category, ExhibitionPage
from gallery.models.word_limits import (
    ALT_CHARACTERS,
    CAPTION_WORDS,
    MOST_PEOPLE,
    NAME_CHARACTERS,
    TECHNIQUE_WORDS,
    TITLE_CHARACTERS,
)

#: Longer than any caption that fits a label, so that too many words are counted and kept, not cut.
MOST_CHARACTERS = 5_000
#: Fields that a signed-out visitor's browser may keep for them. Other people's names are not among them.
OWN_WORDS = (
    "title",
    "caption",
    "alt_text",
    "technique",
    "category",
    "department",
    "taken_on",
    "licence",
    "credit_name",
)
#: From top to bottom, so that the list of mistakes reads like the page.
PAGE_ORDER = (
    "photo",
    "title",
    "caption",
    "technique",
    "alt_text",
    "taken_on",
    "category",
    "department",
    "people",
    *CLEARANCES,
    "licence",
    "credit_name",
)


#: What an empty form may hold already.
GIVEN = ("department", "licence", "credit_name")


class OneLine(forms.CharField):
    """Text on one line: breaks and runs of spaces become single spaces, so that it can stand in a subject."""

    def to_python(self, value: object) -> str:
        return " ".join(str(super().to_python(value)).split())


class EntryForm(forms.Form):
    #: No field says that it may be left empty: all but one are asked for when the entry is sent in.
    may_be_kept_unfinished = True

    photo = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="Your photograph",
        widget=forms.FileInput(attrs={"accept": ",".join((*ACCEPTED_MIMES, *ACCEPTED_EXTENSIONS))}),
    )
    title = OneLine(
        required=False,
        label="Title",
        help_text="Up to nine words work best. For example: “Forty Thousand Tonnes of Quiet”.",
        max_length=TITLE_CHARACTERS,
        error_messages={
            "max_length": "Please keep the title to %(limit_value)d characters; it has %(show_value)d."
        },
        widget=forms.TextInput(attrs={"data-most-characters": TITLE_CHARACTERS, "autocomplete": "off"}),
    )
    caption = forms.CharField(
        required=False,
        label="What is happening?",
        help_text="As you would say it to a visitor standing beside you. It becomes the label on the wall.",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5, "data-most-words": CAPTION_WORDS}),
    )
    technique = forms.CharField(
        required=False,
        label="How did you make the picture? (optional)",
        help_text="Light, lens, patience. For example: “One lamp behind a sheet of paper, phone held still on a "
        "beaker.” If you stacked, stitched or coloured it, please say so.",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3, "data-most-words": TECHNIQUE_WORDS}),
    )
    alt_text = OneLine(
        required=False,
        label="Describe it to someone on the telephone",
        help_text="People who cannot see the picture hear these words instead.",
        max_length=ALT_CHARACTERS[1],
        error_messages={"max_length": "Please keep this to %(limit_value)d characters; it has %(show_value)d."},
        widget=forms.Textarea(attrs={"rows": 3, "data-most-characters": ALT_CHARACTERS[1]}),
    )
    category = forms.ModelChoiceField(
        queryset=Category.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=None,
        label="Which category fits best?",
        error_messages={"invalid_choice": "Please choose one of these categories."},
    )
    department = forms.ModelChoiceField(
        queryset=Department.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label="Please choose",
        label="Your department",
        error_messages={"invalid_choice": "Please choose a department from the list."},
    )
    taken_on = forms.CharField(
        required=False,
        label="When did you take it?",
        help_text="The month and year are enough. For example: March 2026, or 2026-03.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    people = forms.ChoiceField(
        required=False, choices=People.choices, label="Can anybody be recognised in the picture?"
    )
    licence = forms.ChoiceField(required=False, choices=Licence.choices, label="Who else may use your picture?")
    credit_name = forms.ChoiceField(
        required=False, choices=CreditName.choices, label="How shall we name you beside it?"
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        exhibition: ExhibitionPage,
        entry: Entry | None = None,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        stored = {**_stored_words(entry), **(initial or {})}
        self.speaks_of_people = data is not None and any(name.startswith("people") for name in data)
        if data is not None:
            data = _filled_up(data, stored)
        super().__init__(data=data, initial=stored, auto_id="%s")
        for name, question in CLEARANCE_QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                required=False, choices=Clearance.choices, label=question.label, help_text=question.help
            )
        self.order_fields(PAGE_ORDER)
        self.fields["category"].queryset = categories_of(exhibition)  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages.setdefault("invalid_choice", "Please choose one of these answers.")
        self.rows = typed_rows(data) if data and self.speaks_of_people else rows_of(_stored_people(entry))

    # --- For the page

    most_people, name_characters, email_characters = MOST_PEOPLE, NAME_CHARACTERS, EMAIL_CHARACTERS

    @property
    def clearances(self) -> list[forms.BoundField]:
        """But for what only pictured people can answer: that stands beside their names."""
        return [self[name] for name in CLEARANCES if name != "clear_people"]

    @property
    def clearance_options(self) -> list[Option]:
        return options(Clearance)

    @property
    def licence_options(self) -> list[Option]:
        return LICENCE_WORDS

    @property
    def credit_options(self) -> list[Option]:
        return CREDIT_WORDS

    @property
    def people_options(self) -> list[Option]:
        return options(People)

    @property
    def category_options(self) -> list[Option]:
        chosen = self.fields["category"].queryset  # type: ignore[attr-defined]
        return [Option(category.slug, category.name, category.description) for category in chosen]

    @property
    def people_rows(self) -> list[PersonRow]:
        return with_empty_rows(self.rows)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Label and text of everything typed, for a page that can only hand it back."""
        found = [
            (str(self[name].label), str(self[name].value() or "").strip())
            for name in ("title", "caption", "technique", "alt_text", "taken_on")
        ]
        return [(label, text) for label, text in found if text]

    # --- Reading

    def clean_caption(self) -> str:
        return plain_breaks(self.cleaned_data["caption"])

    def clean_technique(self) -> str:
        return plain_breaks(self.cleaned_data["technique"])

    def clean_taken_on(self) -> str:
        taken_on = read_taken_on(self.cleaned_data["taken_on"])
        if taken_on is None:
            raise ValidationError("Please write the month and year, such as March 2026 or 2026-03.")
        return taken_on

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        if self.rows and cleaned.get("people") == People.NONE:
            self.add_error(
                "people", "You said that nobody can be recognised, but there is a name below. Which is right?"
            )
        elif any(row.problem for row in self.rows):
            self.add_error("people", "Please look at the names and e-mail addresses again.")
        elif self.rows:
            cleaned["people"] = People.LISTED
        return cleaned

    @property
    def says_something(self) -> bool:
        """Whether anything was written or answered, beyond what the empty form says itself."""
        return bool(self.rows) or any(
            self.data.get(name, "").strip() for name in PAGE_ORDER if name not in ("photo", *GIVEN)
        )

    @property
    def words(self) -> dict[str, object]:
        """Fields for `services.entries.save_words`. What has a mistake is left as it was, what is too long is kept
        as far as it fits."""
        kept = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in Entry.REVISED_FIELDS and (value or name not in ("licence", "credit_name"))
        }
        for name, most in (("title", TITLE_CHARACTERS), ("alt_text", ALT_CHARACTERS[1])):
            if name not in kept:
                kept[name] = " ".join(self.data.get(name, "").split())[:most]
        if self.rows and self.data.get("people") != People.NONE:  # whatever is still wrong with a name
            kept["people"] = People.LISTED
        return kept

    def fill_in(self, name: str, value: str) -> str:
        """Shows `value` in a field that was left empty, and returns it."""
        cast(QueryDict, self.data)[name] = value
        return value

    @property
    def listed_people(self) -> list[dict[str, str]] | None:
        """For `save_words`: everybody once, nobody when nobody can be recognised; None leaves them as they were."""
        if "people" not in self.cleaned_data or not self.speaks_of_people:
            return None
        return [dict(pairs) for pairs in dict.fromkeys(tuple(row.as_person().items()) for row in self.rows)]


def categories_of(exhibition: ExhibitionPage) -> QuerySet[Category]:
    """Those the edition names, or all when it names none."""
    chosen = Category.objects.filter(pk__in=exhibition.categories.values_list("pk", flat=True))
    return chosen if chosen.exists() else Category.objects.all()


def _stored_words(entry: Entry | None) -> dict[str, object]:
    if entry is None:
        return {"licence": Licence.EXHIBITION_ONLY.value, "credit_name": CreditName.FULL.value}
    words = {name: getattr(entry, name) for name in EntryForm.base_fields if name not in ("photo", *_SLUGS)}
    slugs = {name: getattr(getattr(entry, name), "slug", "") for name in _SLUGS}
    answers = {name: getattr(entry, name) for name in CLEARANCES}
    if entry.people == People.NONE and answers["clear_people"] == Clearance.NOT_APPLICABLE:
        answers["clear_people"] = ""  # nobody was asked
    return {**words, **slugs, **answers}


_SLUGS = ("category", "department")


def _stored_people(entry: Entry | None) -> list[tuple[str, str]]:
    return [] if entry is None else list(PicturedPerson.objects.of(entry).values_list("name", "email"))


def _filled_up(data: Mapping[str, str], stored: Mapping[str, object]) -> QueryDict:
    """What was posted, without NUL; fields that were not posted keep what is stored."""
    filled = QueryDict(mutable=True)
    for name in data:
        filled[name] = clean(data[name])
    for name, value in stored.items():
        if name not in filled:
            filled[name] = str(value)
    return filled


def plain_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
