"""The demo's own page, its one-click sign-in and its mailbox. None of it exists without DEMO=1."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gallery.enums import EditionState
from gallery.models.exhibitions import ExhibitionPage
from home.demo import accounts, mailbox
from home.demo.components import samples

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """404 without DEMO=1, and never kept by a cache: passwords stand on these pages."""

    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@demo_only
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return _index(request)


def _index(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    editions = {edition.state(now): edition for edition in ExhibitionPage.objects.live().order_by("on_show_from")}
    kept = accounts.kept()
    first = {account["role"]: account for account in reversed(kept)}
    context = {
        "accounts": kept,
        "photographer": first.get("photographer"),
        "moderator": first.get("moderator"),
        "open_call": editions.get(EditionState.OPEN),
        "on_show": editions.get(EditionState.ON_SHOW),
        "problem": problem,
    }
    return render(request, "demo/index.html", context, status=status)


@demo_only
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Changes over to the account in the form, whoever was signed in before."""
    user = authenticate(request, email=request.POST.get("login", ""), password=request.POST.get("password", ""))
    if user is None or not getattr(user, "is_demo", False):
        return _index(request, problem="That did not work: the password of this account was changed.", status=403)
    logout(request)
    login(request, user)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else settings.LOGIN_REDIRECT_URL)


@demo_only
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/components.html", {"samples": samples()})


@demo_only
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    context = {"mails": mailbox.newest(), "folder": mailbox.folder()}
    return render(request, "demo/mails.html", context)


@demo_only
@require_safe
def mail(request: HttpRequest, file: str, place: int) -> HttpResponse:
    try:
        found = mailbox.one(file, place)
    except mailbox.NoSuchMail as problem:
        raise Http404 from problem
    return render(request, "demo/mail.html", {"mail": found})
