"""The people in a photograph, as rows of the entry form: `people-0-name`, `people-0-email`, `people-1-name`, …"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email

from cms.core.text import clean
from gallery.models.consents import PicturedPerson
from gallery.models.word_limits import MOST_PEOPLE, NAME_CHARACTERS

EMPTY_ROWS = 3  # shown without scripts
EMAIL_CHARACTERS = PicturedPerson._meta.get_field("email").max_length

_FIELD = re.compile(r"people-(\d{1,3})-(?:name|email)", re.ASCII)


@dataclass
class PersonRow:
    """One person as typed. `number` is the row's place in the form; `problem` a sentence, or empty."""

    number: int
    name: str = ""
    email: str = ""
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.name and not self.email

    def check(self) -> None:
        if not self.name:
            self.problem = "Please add this person’s name."
        elif len(self.name) > NAME_CHARACTERS:
            self.problem = f"Please keep the name to {NAME_CHARACTERS} characters."
        elif self.email:
            try:
                validate_email(self.email)
                MaxLengthValidator(EMAIL_CHARACTERS)(self.email)
            except ValidationError:
                self.problem = "This e-mail address does not look complete. You can leave it empty."

    def as_person(self) -> dict[str, str]:
        return {"name": self.name, "email": self.email}


def typed_rows(data: Mapping[str, str]) -> list[PersonRow]:
    """Every row that says something, numbered afresh and checked. Rows after the twentieth are told to go."""
    numbers = sorted({int(match[1]) for name in data if (match := _FIELD.fullmatch(name))})
    rows: list[PersonRow] = []
    for number in numbers:
        row = PersonRow(
            number=len(rows),
            name=_one_line(data.get(f"people-{number}-name", "")),
            email=_one_line(data.get(f"people-{number}-email", "")),
        )
        if row.is_empty:
            continue
        row.check()
        if len(rows) >= MOST_PEOPLE:
            row.problem = f"We can take {MOST_PEOPLE} names. For a larger group, please name the people nearest."
        rows.append(row)
    return rows


def rows_of(people: Iterable[tuple[str, str]]) -> list[PersonRow]:
    return [PersonRow(number=number, name=name, email=email) for number, (name, email) in enumerate(people)]


def with_empty_rows(rows: list[PersonRow]) -> list[PersonRow]:
    """With room for more: three rows at least, and always an empty one."""
    wanted = min(max(EMPTY_ROWS, len(rows) + 1), MOST_PEOPLE)
    return rows + [PersonRow(number=number) for number in range(len(rows), wanted)]


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
