"""What was promised, how far it is, and what belongs to each theme."""

import datetime as dt
import doctest

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.models import PAGE_CACHE_CONTROL
from cms.people.profiles import bring_into_step
from gallery.models.exhibits import ExhibitLabel
from home.commitment.models import action
from home.commitment.models.action import Action
from home.news.models import ArticlePage, NewsIndexPage
from tests.factories.commitment import ThemeFactory, make_action, make_commitment, make_plan, make_theme_page
from tests.factories.events import make_event
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import TechnicianFactory
from tests.factories.registration import ImpactFigureFactory
from tests.strangers import only_public_tables

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 21)


def soup(client: Client, address: str) -> BeautifulSoup:
    with only_public_tables():
        response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == PAGE_CACHE_CONTROL
    assert not response.cookies
    return BeautifulSoup(response.content, "html.parser")


def rows(page: BeautifulSoup) -> dict[str, str]:
    """How each action stands, by its reference."""
    return {
        row.select_one(".action-ref").get_text(): row.select_one(".action-state").find(string=True, recursive=False)
        for row in page.select("tr.action")
    }


# --- Late and old follow from dates


@pytest.mark.parametrize(
    ("status", "ends", "state"),
    [
        ("on-track", TODAY, "on-track"),
        ("on-track", TODAY - DAY, "late"),
        ("not-started", TODAY - DAY, "late"),
        ("at-risk", TODAY + DAY, "at-risk"),
        ("done", TODAY - DAY, "done"),
        ("stopped", TODAY - DAY, "stopped"),
    ],
)
def test_late_follows_from_the_dates(status, ends, state):
    assert Action(status=status, ends=ends).state_on(TODAY) == state


def test_nobody_can_type_late():
    field = Action._meta.get_field("status")
    assert "late" not in dict(field.choices)
    with pytest.raises(ValidationError):
        field.clean("late", None)


@pytest.mark.parametrize(
    ("status", "updated_on", "is_stale"),
    [
        ("on-track", dt.date(2026, 5, 21), False),
        ("on-track", dt.date(2026, 5, 20), True),
        ("done", dt.date(2020, 1, 1), False),
    ],
)
def test_what_nobody_wrote_about_for_six_months_is_old(status, updated_on, is_stale):
    assert Action(status=status, updated_on=updated_on).is_stale_on(TODAY) is is_stale


def test_its_own_examples_hold():
    assert doctest.testmod(action).failed == 0


# --- A plan


def test_a_plan_is_a_table_with_owner_and_last_update(client):
    theme = ThemeFactory(name="Visibility")
    technician = TechnicianFactory(name="Tomos Griffith-Bell", slug="tomos", profile_public=True)
    bring_into_step(technician)
    plan = make_plan(
        make_action(
            theme, ref="V1", owner_role="Scientific Glassblower", owner_id="tomos", updated_on=timezone.localdate()
        )
    )
    table = soup(client, plan.address).select_one("table")
    assert [cell.get_text() for cell in table.select("thead th[scope=col]")] == [
        "Action",
        "Whose it is",
        "When",
        "How it stands",
    ]
    assert table.select_one("th[scope=rowgroup]").get_text(" ", strip=True).startswith("Visibility")
    (row,) = table.select("tr.action")
    assert row["id"] == "a-V1"
    assert "Scientific Glassblower" in row.get_text()
    assert row.select_one("a")["href"] == "/people/tomos/"
    assert f"Updated {timezone.localdate().day} " in row.get_text(" ", strip=True)

    technician.profile_public = False
    technician.save()
    bring_into_step(technician)
    text = client.get(plan.address).content.decode()
    assert "Tomos" not in text
    assert "Scientific Glassblower" in text


def test_filters_are_links_and_late_is_one_of_them(client):
    today = timezone.localdate()
    seen, kept = ThemeFactory(name="Seen", slug="seen"), ThemeFactory(name="Kept", slug="kept", sort_order=2)
    plan = make_plan(
        make_action(seen, ref="S1", ends=today - DAY),
        make_action(seen, ref="S2"),
        make_action(kept, ref="K1", ends=today - DAY),
        make_action(kept, ref="K2", ends=today - DAY, status="done"),
    )
    everything = soup(client, plan.address)
    assert rows(everything) == {"S1": "Late", "S2": "On track", "K1": "Late", "K2": "Done"}
    links = {link.get_text(" ", strip=True): link["href"] for link in everything.select(".plan-filters a")}
    assert rows(soup(client, plan.address + links["Late 2"])) == {"S1": "Late", "K1": "Late"}
    assert rows(soup(client, plan.address + links["Kept"])) == {"K1": "Late", "K2": "Done"}
    assert rows(soup(client, f"{plan.address}?theme=kept&status=late")) == {"K1": "Late"}
    assert "2 of 4 actions" in soup(client, f"{plan.address}?status=late").get_text(" ", strip=True)
    nothing = soup(client, f"{plan.address}?theme=seen&status=done")
    assert "No action fits." in nothing.get_text()
    for query in ("theme=cheese", "status=cheese"):
        assert client.get(f"{plan.address}?{query}").status_code == 404


def test_old_actions_say_so_and_the_plan_counts_them(client):
    theme = ThemeFactory()
    plan = make_plan(
        make_action(theme, updated_on=timezone.localdate() - 200 * DAY),
        make_action(theme, updated_on=timezone.localdate() - 100 * DAY),
    )
    page = soup(client, plan.address)
    assert "1 action has had no update for six months." in page.select_one(".notice").get_text()
    assert [old.get_text(" ", strip=True)[:15] for old in page.select(".stale")] == ["No update since"]
    assert "no update for six months" not in soup(client, f"{plan.address}?status=done").get_text()


def test_promises_lead_to_their_actions_however_the_plan_is_narrowed(client):
    promise = {"promise": "A lathe for everybody", "state": "promised", "action": "V1"}
    plan = make_plan(make_action(ThemeFactory(), ref="V1"), initiatives=[("initiative", promise)])
    for query, link in (("", "#a-V1"), ("?status=late", f"{plan.address}#a-V1")):
        assert soup(client, plan.address + query).select_one(".initiatives a")["href"] == link


def test_plans_now_and_before_are_listed_with_their_dates(client):
    now = make_plan(title="Now", starts=dt.date(2025, 9, 1), ends=dt.date(2028, 8, 31))
    make_plan(title="Before", starts=dt.date(2022, 9, 1), ends=dt.date(2024, 8, 31), stage="stage-two")
    make_plan(title="Draft", live=False)
    listed = [item.get_text(" ", strip=True) for item in soup(client, "/our-commitment/").select(".plans li")]
    assert listed == [
        "September 2025 to August 2028 Now Now First self-assessment and plan, 36 months",
        "September 2022 to August 2024 Before Stage two, 24 months",
    ]
    others = soup(client, now.address).select(".plans a")
    assert [link.get_text() for link in others] == ["Before"]


def test_promises_lead_to_their_action_and_their_evidence(client):
    promises = [
        {
            "promise": "Kept",
            "state": "done",
            "action": "V1",
            "evidence": "See",
            "evidence_address": "https://a.example/",
        },
        {"promise": "Made", "state": "promised", "action": "X9"},
    ]
    plan = make_plan(
        make_action(ThemeFactory(), ref="V1"),
        initiatives=[{"type": "initiative", "value": promise} for promise in promises],
    )
    for address, prefix in ((plan.address, ""), ("/our-commitment/", plan.address)):
        kept, made = soup(client, address).select(".initiatives li")
        assert [link["href"] for link in kept.select("a")] == [f"{prefix}#a-V1", "https://a.example/"]
        assert made.select("a") == []  # no such action: no broken link
        assert made.select_one(".initiative-state").get_text() == "Promised"


def test_a_reference_is_used_once():
    theme = ThemeFactory()
    plan = make_plan(make_action(theme, ref="V1"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.create(**{**vars_of(make_action(theme, ref="V1")), "plan": plan})


def vars_of(one: Action) -> dict:
    return {
        field.attname: getattr(one, field.attname) for field in one._meta.fields if field.name not in ("id", "plan")
    }


def test_the_api_tells_a_plan_with_its_actions(client):
    plan = make_plan(make_action(ThemeFactory(slug="seen"), ref="S1", ends=timezone.localdate() - DAY))
    told = client.get(f"/api/v2/pages/{plan.pk}/").json()["actions"][0]
    assert {name: told[name] for name in ("ref", "theme", "state", "is_stale", "owner_role")} == {
        "ref": "S1",
        "theme": "seen",
        "state": "late",
        "is_stale": False,
        "owner_role": "Glassblower",
    }


# --- The Commitment itself


def test_the_commitment_says_what_was_promised_and_where_it_stands(client):
    theme = ThemeFactory(name="Visibility", slug="visibility")
    figure = ImpactFigureFactory(name="technicians work here", value=418)
    make_commitment(
        signed=dt.date(2018, 11, 1),
        figures=[("figure", figure)],
        peer_reviews=[
            (
                "peer_review",
                {
                    "quote": "Things you can point at.",
                    "panel": "Peer review panel",
                    "on": dt.date(2026, 5, 14),
                    "document_words": "Feedback, PDF",
                    "document_address": "https://papers.example/feedback.pdf",
                },
            )
        ],
    )
    make_theme_page(theme)
    today = timezone.localdate()
    make_plan(make_action(theme, status="done"), make_action(theme, ends=today - DAY), make_action(theme))
    page = soup(client, "/our-commitment/")
    assert [number.get_text() for number in page.select(".tally b")] == ["3", "1", "1", "1"]
    assert page.select_one(".commitment-themes li").get_text(" ", strip=True) == (
        "Visibility Everyone can see who we are. 3 actions, 1 done, 1 late"
    )
    assert "Signed in November 2018" in page.get_text()
    assert "418" in page.select_one(".grid.lined").get_text()
    review = page.select_one(".peer-review")
    assert "14 May 2026" in review.get_text()
    assert review.select_one("a")["href"] == "https://papers.example/feedback.pdf"


def test_a_long_plan_costs_as_much_as_a_short_one(client):
    def statements(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    one, more = ThemeFactory(), ThemeFactory()
    make_theme_page(one)
    short = make_plan(make_action(one))
    before = statements(short.address), statements("/our-commitment/")
    long = make_plan(*(make_action(theme) for theme in (one, more) for _ in range(15)))
    short.delete()
    make_theme_page(more)
    assert (statements(long.address), statements("/our-commitment/")) == before


# --- A theme gathers what names it


def test_a_theme_gathers_actions_stories_events_and_photographs(client):
    mine, other = ThemeFactory(slug="mine"), ThemeFactory(slug="other")
    make_plan(make_action(mine, what="Mine to do"), make_action(other, what="Somebody else’s"))
    make_event(title="Come to mine", themes=(mine,))
    make_event(title="Not this one", themes=(other,))
    make_event(title="Not yet public", themes=(mine,), live=False)
    index = NewsIndexPage.objects.get()
    for title, themes in (("My story", [mine]), ("Other story", [other])):
        article = ArticlePage(title=title, slug=title.lower().replace(" ", "-"), standfirst="Told.", themes=themes)
        index.add_child(instance=article)
    edition = make_exhibition()
    hung = make_exhibit(edition, title="With the tag")
    ExhibitLabel.objects.create(exhibit=hung, kind="tag", slug="repair", name="repair")
    make_exhibit(edition, title="Without it")

    page = soup(client, make_theme_page(mine, photograph_tag="repair").address)
    assert [link.get_text() for link in page.select(".theme-actions a")] == ["Mine to do"]
    assert [link.get_text() for link in page.select("[aria-labelledby=stories] li a")] == ["My story"]
    assert [link.get_text() for link in page.select(".event-row a")] == ["Come to mine"]
    assert [title.get_text() for title in page.select(".card-title")] == ["With the tag"]


def test_chosen_photographs_come_first_and_leave_when_taken_down(client):
    edition = make_exhibition()
    chosen = make_exhibit(edition, title="Chosen")
    page = make_theme_page(ThemeFactory(), photographs=[("exhibit", chosen)])
    assert [title.get_text() for title in soup(client, page.address).select(".card-title")] == ["Chosen"]
    chosen.delete()
    assert soup(client, page.address).select(".card-title") == []


def test_an_empty_theme_is_still_a_page(client):
    theme = ThemeFactory(name="Recognition", line="Skill is named.")
    page = soup(client, make_theme_page(theme).address)
    assert page.select_one("h1").get_text() == "Recognition"
    assert page.select_one(".lead").get_text() == "Skill is named."
    assert page.select("section") == []
