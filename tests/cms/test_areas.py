"""The table of the site's own addresses, beside what must agree with it."""

import re
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cms.core.areas import (
    AREAS,
    CLOSED_TO_ROBOTS,
    CLOSED_TO_WALKS,
    PRIVATE_AREAS,
    RESERVED_SLUGS,
    WATCHING_PATHS,
    Area,
)
from cms.core.context import portal
from gallery.forms.reports import own_path

NGINX = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"


def first_parts(patterns: list[URLPattern | URLResolver], before: str = "") -> set[str]:
    """What routes begin with, up to their first slash."""
    parts = set()
    for pattern in patterns:
        route = before + re.sub(r"^\^|\$$", "", str(pattern.pattern))
        if "/" not in route and isinstance(pattern, URLResolver):
            parts |= first_parts(pattern.url_patterns, route)
        else:
            parts.add(route.partition("/")[0])
    return parts


def test_every_route_of_ours_has_its_area() -> None:
    pages = r"((?:[\w\-]+"  # Wagtail's, which comes last
    assert first_parts(get_resolver().url_patterns) - AREAS.keys() == {
        pages,
        "sitemap-<slug:kind>-<int:part>.xml",  # no slug of a page has a dot in it
    }


def test_nginx_keeps_nothing_of_a_private_area() -> None:
    (names,) = re.findall(r'map \$uri \$private_area \{ default 0; "~\^/\(([^)]+)\)/" 1; \}', NGINX.read_text())
    assert {f"/{name}/" for name in names.split("|")} == set(PRIVATE_AREAS)


def test_what_follows_from_the_table() -> None:
    private = {"/admin/", "/desk/", "/forms/", "/consent/", "/judge/", "/accounts/", "/demo/", "/_util/"}
    assert set(PRIVATE_AREAS) == private
    assert set(CLOSED_TO_WALKS) == {*private, "/static/"}
    assert set(CLOSED_TO_ROBOTS) == {*private, "/exhibitions/*/enter/", "/*?*&"}
    assert AREAS.keys() - RESERVED_SLUGS == {"events", "exhibitions", "registration"}
    assert all(AREAS[name] is Area.PAGES for name in AREAS.keys() - RESERVED_SLUGS)


@pytest.mark.django_db
@pytest.mark.parametrize("area", PRIVATE_AREAS)
def test_a_private_area_tells_nobody_and_is_not_reported(client: Client, area: str) -> None:
    path = f"{area}no/such/thing/"
    answer = client.get(path)
    assert answer["Referrer-Policy"] == "same-origin"
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    request = HttpRequest()
    request.path = path
    assert portal(request)["reportable"] == ""
    assert own_path(path) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(WATCHING_PATHS))
def test_no_cache_keeps_what_is_said_of_the_installation(client: Client, path: str) -> None:
    """Not what a stranger is told, either: it would be given to whom we tell more."""
    answers = [client.get(path, REMOTE_ADDR=address) for address in ("127.0.0.1", "192.0.2.7")]
    answers += [client.get(path, headers={"host": "nowhere.example"}), client.post(path)]
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}
