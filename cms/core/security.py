"""What every request passes: a name of its own, a sign of life, and headers that differ by part of the site."""

import re
import uuid
from collections.abc import Callable

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from .areas import WATCHING_PATHS, is_private
from .logs import request_id

#: Unless told, caches choose for themselves how long to keep “not found” (RFC 9111, 4.2.2).
MISSING_CACHE_CONTROL = "public, max-age=30"


#: What a proxy may call a request. Anything else could be somebody's words in our logs.
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)


class RequestIdMiddleware:
    """Gives each request the name under which logs have it. A proxy in front that we trust may have named it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        named = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
        request_id.set(named if REQUEST_ID.fullmatch(named) else uuid.uuid4().hex)
        response = self.get_response(request)
        response["X-Request-ID"] = request_id.get()
        return response


class AliveMiddleware:
    """Answers `/healthz` before anything asks for the host: probes come by address, not by name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/healthz":
            return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
        return self.get_response(request)


class AreaPolicyMiddleware(CSPMiddleware):
    """A strict content policy for the public site, one of its own for the admin.

    Private pages send no referrer to other sites and are never kept by a cache, whatever the view forgot.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/admin/") and not report_only and parts.config is None:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        if getattr(request, "is_preview", False):
            # The editor looks at it in a frame. Wagtail makes the request as the page's own address, and the policy
            # it gets here is the one that reaches the browser.
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> None:
        """No file and no row has a name with a NUL, and neither disks nor databases look for one. APIs answer for
        themselves, in their own form."""
        if "\0" in request.path and not request.path.startswith("/api/"):
            raise Http404

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        if is_private(request.path):
            response["Referrer-Policy"] = "same-origin"  # not no-referrer: see docs/decisions/0002
            response.setdefault("Cache-Control", "no-store, private")
        elif request.path in WATCHING_PATHS:  # or the “not found” of a stranger would be given to everybody
            response["Cache-Control"] = "no-store"
        elif response.status_code in {404, 410}:
            response.setdefault("Cache-Control", MISSING_CACHE_CONTROL)
        if request.path.startswith("/admin/"):
            response["X-Frame-Options"] = "SAMEORIGIN"  # Wagtail shows previews in frames of its own
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()")
        return response
