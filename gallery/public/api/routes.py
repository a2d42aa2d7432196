"""`/api/gallery/v1/`: strict, fast, and the same for everybody.

Each call reads the version of what it shows, then at most once more. Lists are joined from stored documents as
text; nothing is parsed or serialised on the way.
"""

import json
import re
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from ninja.openapi.docs import Swagger

from cms.api.answers import iso, problem
from cms.api.cursors import BadCursor, Cursor
from cms.api.parameters import BadParameter, expect_only, say_problem
from cms.changes.models import Change, How
from cms.core.addresses import absolute_url, fill_absolute
from gallery.enums import EXHIBIT
from gallery.models.exhibits import Exhibit

from . import exhibitions as editions
from . import schemas
from .conditional import GalleryAnswer
from .orders import order_named
from .parameters import ChangesQuery, ExhibitQuery
from .selection import document, page, total

ROOT = "/api/gallery/v1/"
PUBLIC_ID = re.compile(r"[0-9A-Za-z]{1,12}")
DESCRIPTION = """The photographs on our walls, for other sites to show. Every one comes with its credit, its licence
and a description for people who cannot see it: please show the credit beside the picture, keep the description in
`alt`, and follow `changes/` so that a picture taken down here leaves your site too. No key is needed."""

api = NinjaAPI(
    title="Photography exhibition",
    version="1",
    description=DESCRIPTION,
    urls_namespace="gallery-v1",
    openapi_url=None,
    docs=Swagger({"validatorUrl": None}),  # or it sends the document to another host to be judged
)

WRONG = {422: schemas.Problem, 304: None}


@api.exception_handler(BadParameter)
def bad_parameter(request: HttpRequest, error: BadParameter) -> HttpResponse:
    return _unprocessable([{"parameter": error.name, "message": error.message}])


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _unprocessable(
        [{"parameter": str(each["loc"][-1]), "message": say_problem(each)} for each in error.errors]
    )


def _unprocessable(errors: list[dict[str, str]]) -> HttpResponse:
    names = ", ".join(error["parameter"] for error in errors)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"Please look at: {names}.", errors=errors)


@api.get(
    "exhibitions/",
    response={200: schemas.ExhibitionList, **WRONG},
    summary="Every edition",
    operation_id="editions",
)
def exhibition_list(request: HttpRequest) -> HttpResponse:
    """Newest first, each with its state today, its totals and the first picture of its wall."""
    expect_only(request, ())
    answer = GalleryAnswer(request)
    if unchanged := answer.unchanged():
        return unchanged
    items = editions.describe(answer.version, now=answer.now)
    return answer.answer(_json({"count": len(items), "next": None, "previous": None, "items": items}))


@api.get(
    "exhibitions/{slug}/",
    response={200: schemas.Exhibition, 404: schemas.Problem, **WRONG},
    summary="One edition",
    operation_id="edition",
)
def exhibition(request: HttpRequest, slug: Path[str]) -> HttpResponse:
    """By the slug in its address."""
    expect_only(request, ())
    answer = GalleryAnswer(request)
    if unchanged := answer.unchanged():
        return unchanged
    known = len(slug) <= 255 and "\x00" not in slug
    found = editions.describe(answer.version, now=answer.now, slug=slug) if known else []
    if not found:
        return problem(HTTPStatus.NOT_FOUND, "There is no such exhibition.")
    return answer.answer(_json(found[0]))


@api.get("exhibits/", response={200: schemas.ExhibitList, **WRONG}, summary="Photographs", operation_id="exhibits")
def exhibit_list(request: HttpRequest, query: Query[ExhibitQuery]) -> HttpResponse:
    """Complete photographs, page by page. A page stays whole whatever is hung or taken down while you read."""
    expect_only(request, ExhibitQuery.model_fields)
    order = order_named(query.order, in_one_exhibition=query.exhibition is not None)
    try:
        cursor = Cursor(order) if query.cursor is None else Cursor.read(query.cursor, order)
    except BadCursor:
        raise BadParameter("cursor", "This is not a cursor of ours for this order. Begin without one.") from None
    answer = GalleryAnswer(request)
    if unchanged := answer.unchanged():
        return unchanged
    filters = query.filters
    found = page(filters, cursor, limit=query.limit, now=answer.now)
    head = json.dumps(
        {
            "count": total(filters, answer.version, now=answer.now),
            "next": _link(request, cursor=found.next),
            "previous": _link(request, cursor=found.previous),
        }
    )
    return answer.answer(f'{head[:-1]}, "items": [{fill_absolute(",".join(found.documents))}]}}')


@api.get(
    "exhibits/{id}/",
    response={200: schemas.Exhibit, 404: schemas.Problem, 410: schemas.Problem, **WRONG},
    summary="One photograph",
    operation_id="exhibit",
)
def exhibit(request: HttpRequest, id: Path[str]) -> HttpResponse:
    """By its id. 410 when other sites could show it once and may no longer: please delete your copy."""
    expect_only(request, ())
    if not PUBLIC_ID.fullmatch(id):
        return _unknown()
    answer = GalleryAnswer(request, of=id)
    if unchanged := answer.unchanged():
        return unchanged
    found = document(id, now=answer.now)
    if found is not None:
        return answer.answer(fill_absolute(found))
    if answer.was_shared:
        return problem(HTTPStatus.GONE, "This photograph is no longer shown. Please delete your copy.")
    return _unknown()


@api.get("changes/", response={200: schemas.ChangeList, **WRONG}, summary="Changes", operation_id="changes")
def changes(request: HttpRequest, query: Query[ChangesQuery]) -> HttpResponse:
    """What was shown, changed or taken away, in order, so that a copy can be kept right for ever.

    Begin without `since`. Put each `upsert` in place, delete the rest, and come back to `next`."""
    expect_only(request, ChangesQuery.model_fields)
    since = int(query.since or 0)
    answer = GalleryAnswer(request)
    if not answer.version.continues(since):
        raise BadParameter("since", "That is none of our numbers now. Begin without it, and build your copy anew.")
    if unchanged := answer.unchanged():
        return unchanged
    rows = list(
        Change.objects.shared().filter(kind=EXHIBIT, number__gt=since).order_by("number")[: query.limit + 1]
    )
    more, rows = len(rows) > query.limit, rows[: query.limit]
    items = [_change(row.key, row.how, iso(row.at)) for row in rows]
    if not more and answer.is_overdue:
        # Expired, but not yet given a number. Said every time until then: deleting twice does no harm.
        over = Exhibit.objects.filter(is_shared=True, expires_at__lte=answer.now).order_by("expires_at", "pk")
        items += [
            _change(public_id, How.EXPIRED, iso(at or answer.now))
            for public_id, at in over.values_list("pk", "expires_at")
        ]
    reached = rows[-1].number if rows else since
    if not more:
        reached = max(reached, answer.version.number)
    return answer.answer(_json({"next": _link(request, since=reached), "more": more, "items": items}))


def _change(public_id: str, kind: str, at: str) -> dict:
    said = {"id": public_id, "at": at, "kind": str(kind)}
    return {**said, "url": absolute_url(f"{ROOT}exhibits/{public_id}/")} if kind == How.UPSERT else said


def _unknown() -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, "There is no such photograph.")


def _json(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False)


def _link(request: HttpRequest, **place: object) -> str | None:
    """This call's address at another place in the list; None when there is none."""
    if None in place.values():
        return None
    parameters = {**request.GET.dict(), **place}
    return f"{absolute_url(request.path)}?{urlencode(parameters)}"
