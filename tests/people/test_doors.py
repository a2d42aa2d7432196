"""One door for everybody, whatever doors the frameworks bring along."""

import pytest
from django.contrib.auth.views import LoginView, PasswordResetView
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.people.signing_in import PASSWORD, member

pytestmark = pytest.mark.django_db


def views_below(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views_below(pattern, route)
        else:
            yield route, pattern.callback


def test_every_door_of_the_framework_leads_to_the_one_door():
    doors = {
        f"/{route}"
        for route, view in views_below(get_resolver())
        if issubclass(getattr(view, "view_class", object), LoginView | PasswordResetView)
    }
    assert {"/admin/login/", "/_util/login/"} <= doors
    person = member()
    for door in doors:
        client = Client()
        answer = client.post(f"{door}?next=/desk/", {"username": person.email, "password": PASSWORD})
        assert answer.status_code == 404 or answer["Location"].startswith("/accounts/login/?next="), door
        assert client.get("/desk/").status_code == 302
