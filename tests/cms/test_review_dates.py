import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from cms.core.review_dates import due
from home.pages.models import HomePage, StandardPage
from tests.factories.people import UserFactory, editor

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


def add(title: str, review_by: dt.date | None, **facts: object) -> StandardPage:
    return HomePage.objects.get().add_child(instance=StandardPage(title=title, review_by=review_by, **facts))


def test_facts_are_due_from_their_day_on_the_longest_overdue_first() -> None:
    add("Due today", TODAY)
    add("Long overdue", TODAY - dt.timedelta(days=400))
    add("Due tomorrow", TODAY + dt.timedelta(days=1))
    add("Timeless", None)
    add("Draft", TODAY, live=False)
    assert [(str(one.what), one.kind, one.since) for one in due(TODAY)] == [
        ("Long overdue", "Standard page", dt.date(2025, 10, 17)),
        ("Due today", "Standard page", TODAY),
    ]


def test_editors_see_the_report_with_a_way_to_each(client: Client) -> None:
    page = add("Long overdue", timezone.localdate() - dt.timedelta(days=1))
    client.force_login(editor())
    assert "To check again" in client.get("/admin/").content.decode()
    text = client.get("/admin/reports/to-check/").content.decode()
    assert f'<a href="/admin/pages/{page.pk}/edit/">Long overdue</a>' in text


def test_strangers_do_not(client: Client) -> None:
    assert client.get("/admin/reports/to-check/").status_code == 302
    client.force_login(UserFactory())
    assert client.get("/admin/reports/to-check/").status_code == 403
