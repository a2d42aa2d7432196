"""What may be asked, and the refusal of anything else."""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Annotated, Any

from django.http import HttpRequest
from pydantic import AfterValidator, BeforeValidator, StringConstraints

from cms.core.text import name_slug


class BadParameter(Exception):
    """Answered with 422, naming the parameter."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


def expect_only(request: HttpRequest, names: Collection[str]) -> None:
    """Refuses parameters the schema does not have, which ninja would ignore, and repeated ones, of which it would
    take the last."""
    for name, values in request.GET.lists():
        if name not in names:
            known = f"Known here: {', '.join(names)}." if names else "None are taken here."
            raise BadParameter(name[:60], f"There is no such parameter. {known}")
        if len(values) > 1:
            raise BadParameter(name, "Please give it once.")


def read_whole_number(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[1-9][0-9]{0,3}", value):
        raise ValueError("Please give a whole number.")
    return value


def read_moment(value: object) -> object:
    """A date means its first instant in UTC; a time without a zone is UTC."""
    if not isinstance(value, str):
        return value
    hint = "Please give an ISO 8601 date or time, such as 2026-03-01 or 2026-03-01T09:30:00Z"
    try:
        if len(value) > 40:
            raise ValueError
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{hint}. A plus sign is written %2B in an address.") from None
    if not 1970 <= moment.year <= 9000:
        raise ValueError(f"{hint}, from 1970 on.")
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


Slug = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00-\x20]+$")]
Words = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]
Label = Annotated[Words, AfterValidator(name_slug)]
Since = Annotated[dt.datetime, BeforeValidator(read_moment)]

#: In place of the machine's own words, which would show the pattern or name Python's types.
SENTENCES = {
    "string_pattern_mismatch": "Please look at what stands here: it is empty, or cannot be read.",
    "string_too_short": "Please say something here, or leave the parameter out.",
    "string_too_long": "Please make this shorter.",
}


def say_problem(found: Mapping[str, Any]) -> str:
    """What is wrong with one parameter, in words, of what pydantic found."""
    return SENTENCES.get(found["type"]) or found["msg"].removeprefix("Value error, ")
