"""The pages for what went wrong. Those for our own mistakes and for what cannot be read come in the form of the
address and ask no database, no session and no setting of the site: those may be what is away."""

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.encoding import escape_uri_path

from cms.api.answers import problem
from cms.core.outages import in_a_line, is_busy, is_outage

log = logging.getLogger(__name__)

RETRY_SECONDS = 30
#: For when not even a template can be found.
PLAIN = "<!doctype html><title>Something tripped</title><h1>Something tripped</h1><p>Please try again in a minute."


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it for every exception nobody has handled, while that is being handled: 503 if it will pass."""
    reason = sys.exc_info()[1]
    status = 503 if is_outage(reason) else 500
    response = _explain(request, status, busy=is_busy(reason))
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
        log.warning("%s %s: 503. %s", request.method, escape_uri_path(request.path), in_a_line(reason))
        response._has_been_logged = True  # type: ignore[attr-defined]  # or Django adds a hundred lines to each
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What arrived cannot be read, so nothing of the request is looked at here, either."""
    response = _explain(request, 400)
    response["Cache-Control"] = "no-store"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the secret that came with it. Django's own view does not say which of two reasons it was."""
    return render(request, "403_csrf.html", {"no_cookie": reason == REASON_NO_CSRF_COOKIE}, status=403)


def _explain(request: HttpRequest, status: int, *, busy: bool = False) -> HttpResponse:
    if request.path.startswith("/api/"):
        ours = "The fault is ours. Please ask again in a minute."
        response = problem(status, "This cannot be read." if status == 400 else ours)
        response["Access-Control-Allow-Origin"] = "*"
        return response
    wrote = request.method not in {"GET", "HEAD"}
    try:
        page: str = render_to_string(f"{status}.html", {"wrote": wrote, "busy": busy})
    except Exception:
        log.exception("The page for an error could not be made.")
        page = PLAIN
    return HttpResponse(page, status=status)
