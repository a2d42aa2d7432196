"""The shapes of the answers, for OpenAPI and for the tests. Answers themselves are joined from stored documents."""

import datetime as dt
from typing import Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from gallery.enums import EditionState, Licence, Orientation


class Shape(Schema):
    """Every field is always there, and there are no others."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)


class Photographer(Shape):
    name: str | None = Field(description="Null when the photographer is credited by job title.")
    slug: str | None = Field(description="For `?photographer=`.")
    role: str | None
    department: str
    url: str | None


class Named(Shape):
    slug: str
    name: str


class ExhibitionLink(Shape):
    slug: str
    title: str
    url: str


class LicenceTerms(Shape):
    code: Licence
    label: str
    url: str | None = Field(description="The licence's own page; null when all rights are reserved.")
    reusable: bool = Field(description="False: show it with its credit and a link, and do not offer it for reuse.")


class Source(Shape):
    type: Literal["image/avif", "image/jpeg"]
    width: int = Field(description="Pixels.")
    height: int
    url: str
    bytes: int


class Image(Shape):
    width: int = Field(description="Of the whole picture, upright, in pixels.")
    height: int
    orientation: Orientation
    focal_point: list[float] = Field(
        description="What a crop must keep: across and down, each 0 to 1.", min_length=2, max_length=2
    )
    colour: str = Field(description="A ground to show before the picture, such as #25313a.")
    placeholder: str = Field(description="A ThumbHash, base64.")
    sources: list[Source]


class Cover(Image):
    """The first picture of the wall, with the words that must stand beside it."""

    alt: str
    credit: str
    exhibit: str = Field(description="The exhibit's id.")


class Embed(Shape):
    html: str
    oembed: str


class Exhibit(Shape):
    """A photograph on the wall, complete."""

    id: str
    type: Literal["exhibit"]
    url: str = Field(description="Its page, to link to.")
    title: str
    caption: str
    alt: str = Field(description="For the `alt` attribute. Always there, always about this picture.")
    long_description: str
    technique: str
    credit: str = Field(description="Show it beside the picture, word for word.")
    photographer: Photographer | None
    department: Named
    exhibition: ExhibitionLink
    category: Named
    tags: list[str]
    awards: list[Named]
    taken_on: str | None = Field(description="`YYYY-MM-DD` or `YYYY-MM`.")
    licence: LicenceTerms
    image: Image
    iiif: str | None = Field(description="A IIIF Presentation 3 manifest.")
    embed: Embed | None = Field(description="Null when the picture may not be embedded.")
    hung_at: dt.datetime
    updated_at: dt.datetime


class ExhibitList(Shape):
    count: int | None = Field(
        description="Exact unfiltered or with one of exhibition, category, department, award; otherwise null."
    )
    next: str | None = Field(description="The next page's address.")
    previous: str | None
    items: list[Exhibit]


class CategoryCount(Named):
    count: int


class Exhibition(Shape):
    """One edition."""

    slug: str
    title: str
    url: str
    state: EditionState
    opens_at: dt.datetime = Field(description="The call for photographs.")
    closes_at: dt.datetime
    on_show_from: dt.datetime
    on_show_until: dt.datetime = Field(description="The wall stays as an archive afterwards.")
    summary: str
    categories: list[CategoryCount]
    count: int
    cover: Cover | None
    enter_url: str | None = Field(
        description="Where technicians send photographs in; null unless the call is open."
    )
    iiif: str | None
    updated_at: dt.datetime


class ExhibitionList(Shape):
    count: int
    next: None
    previous: None
    items: list[Exhibition]


class Upsert(Shape):
    """Fetch it from `url` and keep it in place of what you have."""

    id: str
    at: dt.datetime
    kind: Literal["upsert"]
    url: str


class Deletion(Shape):
    """Delete your copy, picture files too. Nothing more is said."""

    id: str
    at: dt.datetime
    kind: Literal["removed", "expired", "corrected"]


class ChangeList(Shape):
    next: str = Field(description="Where to go on, now or later. Always there.")
    more: bool = Field(description="Whether `next` has something already.")
    items: list[Upsert | Deletion]


class BadParameterError(Shape):
    parameter: str
    message: str


class Problem(Shape):
    """RFC 9457. `errors` is there only where there are any."""

    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=False)

    type: str
    title: str
    status: int
    detail: str
    errors: list[BadParameterError] | None = Field(None, description="One for each bad parameter.")
