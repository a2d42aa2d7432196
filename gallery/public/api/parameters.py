"""What may be asked of photographs and of changes."""

from typing import Annotated

from ninja import Field, Schema
from pydantic import BeforeValidator, StringConstraints

from cms.api.cursors import MAX_LENGTH
from cms.api.parameters import Label, Since, Slug, Words, read_whole_number
from gallery.enums import Licence, Orientation

from .orders import OrderName


class ExhibitQuery(Schema):
    """The parameters of `exhibits/`."""

    exhibition: Slug | None = Field(None, description="An edition's slug.")
    category: Slug | None = Field(None, description="A category's slug.")
    department: Slug | None = Field(None, description="A department's slug.")
    photographer: Slug | None = Field(None, description="A photographer's slug.")
    award: Label | None = Field(None, description="An award, by slug or name.")
    tag: Label | None = Field(None, description="A tag, by slug or name.")
    licence: Licence | None = Field(None, description="A licence's code.")
    orientation: Orientation | None = Field(None, description="The picture's shape.")
    q: Words | None = Field(None, description="Words, all of which the exhibit's own words must contain.")
    hung_since: Since | None = Field(None, description="Hung at or after this moment, ISO 8601.")
    updated_since: Since | None = Field(None, description="Changed at or after this moment, ISO 8601.")
    order: OrderName | None = Field(
        None, description="`wall` when an exhibition is given, otherwise `newest`, unless you say."
    )
    limit: Annotated[int, BeforeValidator(read_whole_number)] = Field(
        20, ge=1, le=100, description="How many in one answer."
    )
    cursor: Annotated[str, StringConstraints(max_length=MAX_LENGTH)] | None = Field(
        None, description="Where to go on: follow `next` and `previous` rather than making one."
    )

    @property
    def filters(self) -> dict[str, object]:
        """What narrows the list, by name."""
        paging = {"order", "limit", "cursor"}
        return {name: value for name, value in self if value is not None and name not in paging}


class ChangesQuery(Schema):
    """The parameters of `changes/`."""

    since: Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,17})$")] | None = Field(
        None, description="From the `next` of an earlier answer. Without it, from the very beginning."
    )
    limit: Annotated[int, BeforeValidator(read_whole_number)] = Field(
        100, ge=1, le=1000, description="How many in one answer."
    )
