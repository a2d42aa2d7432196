"""How every answer leaves: open to any site for reading, kept briefly, and refused in one form (RFC 9457)."""

import datetime as dt
import functools
import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

#: A copy may be shown for half a minute in all, so a withdrawn picture leaves other sites about as fast as ours.
CACHE_CONTROL = "public, max-age=15, stale-while-revalidate=15"
ALLOWED = "GET, HEAD, OPTIONS"

View = Callable[..., HttpResponseBase]


def iso(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def open_to_all(view: View) -> View:
    """GET and HEAD from any origin, without credentials. A preflight is answered, anything else is 405."""

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        asked = request.method
        if asked == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204, headers={"Allow": ALLOWED})
            response["Access-Control-Allow-Methods"] = ALLOWED
            response["Access-Control-Allow-Headers"] = "*"
            response["Access-Control-Max-Age"] = "86400"
        elif asked in ("GET", "HEAD"):
            request.method = "GET"
            response = view(request, *args, **kwargs)
            request.method = asked
            response.setdefault("Cache-Control", CACHE_CONTROL)
            if asked == "HEAD" and isinstance(response, SimpleTemplateResponse):
                response.add_post_render_callback(_drop_body)  # Wagtail's answers are written later
            elif asked == "HEAD" and isinstance(response, HttpResponse):
                _drop_body(response)
        else:
            response = problem(405, "Only reading is possible here.", headers={"Allow": ALLOWED})
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        return response

    opened.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is ever written; a POST gets its 405
    return opened


def _drop_body(response: HttpResponse) -> None:
    response["Content-Length"] = str(len(response.content))
    response.content = b""


def problem(
    status: int, detail: str, *, errors: list[dict[str, str]] | None = None, headers: dict[str, str] | None = None
) -> HttpResponse:
    """RFC 9457. `errors` names each bad parameter: `{"parameter", "message"}`."""
    titles = {
        400: "Bad request",
        404: "Not found",
        405: "Method not allowed",
        410: "Gone",
        413: "Content too large",
        422: "Bad parameter",
        500: "Internal server error",
        503: "Service unavailable",
    }
    body: dict[str, object] = {"type": "about:blank", "title": titles[status], "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": CACHE_CONTROL, **(headers or {})},
    )
