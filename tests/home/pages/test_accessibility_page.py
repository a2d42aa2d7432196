import datetime as dt
import json

import pytest
from django.test import Client

from home.pages.models import AccessibilityPage, HomePage
from home.pages.models.accessibility_page import CHECKS, RESULTS, results

pytestmark = pytest.mark.django_db


def statement(**facts: object) -> AccessibilityPage:
    page = AccessibilityPage(
        title="Accessibility statement", slug="accessibility", prepared_on=dt.date(2026, 11, 1), **facts
    )
    return HomePage.objects.get().add_child(instance=page)


def test_it_tells_what_the_checks_found_and_when(client: Client) -> None:
    statement()
    text = client.get("/accessibility/").content.decode()
    written = json.loads(RESULTS.read_text())
    assert f'<time datetime="{written["date"]}">' in text
    assert f"went through {written['kinds_of_page']} kinds of page" in text
    for name, number in written["checks"].items():
        assert f"<tr><td>{CHECKS[name]}</td><td>{number}</td></tr>" in text


def test_problems_are_counted_not_hidden(client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    found = json.loads(RESULTS.read_text()) | {"checks": {"axe": 2, "reflow": 1}}
    worse = tmp_path / "accessibility.json"
    worse.write_text(json.dumps(found))
    monkeypatch.setattr("home.pages.models.accessibility_page.RESULTS", worse)
    results.cache_clear()
    statement()
    text = client.get("/accessibility/").content.decode()
    results.cache_clear()
    assert "found 3 problems" in text


def test_until_people_have_tested_it_the_page_says_so(client: Client) -> None:
    page = statement()
    text = client.get("/accessibility/").content.decode()
    assert "partially compliant" in text
    assert "Not yet. Until people" in text
    page.tested_by_people = "Three colleagues with NVDA, in March."
    page.barriers = [("barrier", {"what": "A map", "why": "It is a picture.", "instead": "Ask for directions."})]
    page.save_revision().publish()
    text = client.get("/accessibility/").content.decode()
    assert "Three colleagues with NVDA, in March." in text
    assert "Not yet. Until people" not in text
    assert [words in text for words in ("A map", "It is a picture.", "Ask for directions.")] == [True] * 3
    assert "equalityadvisoryservice.com" in text
