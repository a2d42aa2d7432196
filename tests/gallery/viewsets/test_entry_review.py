"""The review screen: what it shows, what it asks, what it does and what it says when it did nothing."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from gallery.enums import Decision, EntryState
from gallery.models.consents import PicturedPerson
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.reviews import ReviewDecision
from gallery.services import reviews
from gallery.viewsets.reasons import REASONS
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory, administrator, curator, editor, moderator

pytestmark = pytest.mark.django_db


def url(entry: Entry) -> str:
    return f"/admin/snippets/gallery/entry/edit/{entry.pk}/"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def decide(client: Client, entry: Entry, action: str, reason: str = "I looked closely.", **more: object):
    data = {"action": action, "reason": reason, "seen": entry.latest_revision_id, **more}
    return client.post(url(entry), data)


def said(response) -> list[str]:
    return [str(message).strip().split("\n")[0] for message in get_messages(response.wsgi_request)]


def test_it_shows_everything_a_moderator_needs():
    entry = make_entry(
        "in-review",
        title="The Ribbon of Wax",
        clear_place="fix",
        people=[{"name": "Priya Raman", "channels": ["web", "print"]}],
    )
    page = signed_in(moderator()).get(url(entry)).content.decode()
    for words in (
        "The Ribbon of Wax",
        "A flask with four necks, made in one sitting.",
        "A glass flask with four necks glows against a black background.",
        "One lamp behind a sheet of paper.",
        entry.photographer_name,
        entry.exhibition.title,
        str(entry.category),
        str(entry.department),
        "March 2026",
        "CC BY 4.0",
        f"Photo: {entry.photographer_name}, Our university",
        "120 × 80 pixels. Looks good on screens; too small to print.",
        "Priya Raman",
        "Our website and the exhibition, Printed copies",
        "Not sure, please look",
        "Not yet settled: Whoever runs the space knows.",
        "Below minimum size",
    ):
        assert words in page, words


def test_it_is_heard_in_the_order_of_the_work(work):
    """Each part is a region with a heading of its own, the picture is no link, and the decision comes before what
    may be added."""
    entry = make_entry("in-review")
    work()
    page = BeautifulSoup(signed_in(moderator()).get(url(entry)).content, "html.parser")
    review = page.select_one(".review")
    parts = review.select("section")
    names = [part.get("aria-label") or page.find(id=part["aria-labelledby"]).get_text(strip=True) for part in parts]
    assert names == ["Words", "People in the picture", "Clearances", "Decision", "Add words", "So far"]
    assert [len(part.find_all("h2")) for part in parts] == [1, 1, 1, 0, 1, 1]
    assert {heading.get_text(strip=True) for heading in page.select("h1, h2")} >= {"Four Necks", "Clearances"}
    assert [heading.get_text(strip=True) for heading in page.select("h1, h2")].count("Four Necks") == 1
    assert review.select("a img, aside, dt button") == []
    stops = [stop.get("value") or stop.get("name") or stop.get_text(strip=True) for stop in reachable(review)]
    assert stops.index("approve") <= stops.index("Look closer") + 7


def reachable(part: Tag) -> list[Tag]:
    """What Tab comes to, of a page without scripts."""
    return [
        stop
        for stop in part.select("a, button, input:not([type=hidden]), select, textarea")
        if not stop.has_attr("hidden")
    ]


def test_its_boxes_take_as_much_as_its_fields():
    page = signed_in(moderator()).get(url(make_entry("in-review"))).content.decode()
    assert re.findall(r'<(?:textarea|input)[^>]* name="(\w+)"[^>]* maxlength="(\d+)"', page) == [
        ("reason", "2000"),
        ("long_description", "4000"),
        ("tags", "300"),
        ("reason", "2000"),
    ]


def test_a_script_in_somebodys_words_stays_words():
    entry = make_entry("in-review", title="<script>alert(1)</script>", caption='"><img src=x onerror=alert(1)>')
    page = signed_in(moderator()).get(url(entry)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("action", "state"),
    [("approve", "approved"), ("reject", "changes-asked"), ("hold", "on-hold"), ("refuse", "refused")],
)
def test_each_button_decides(action, state):
    entry = make_entry("in-review")
    mo = moderator(name="Mo Farrant")
    response = decide(signed_in(mo), entry, action)
    assert (response.status_code, response.url) == (302, "/admin/snippets/gallery/entry/")
    assert said(response)[0].endswith("That was the last one waiting for you. Thank you.")
    entry.refresh_from_db()
    line = ReviewDecision.objects.of(entry).last()
    assert (entry.state, entry.reason, line.by_name) == (state, "I looked closely.", "Mo Farrant")


def test_afterwards_the_next_one_is_shown_the_longest_waiting_first():
    mo = moderator()
    first, second, third = (make_entry("in-review") for _ in range(3))
    make_entry("in-review", photographer=mo)
    day = dt.timedelta(days=1)
    for days, entry in ((1, first), (5, second), (9, third)):
        moment = timezone.now() - days * day
        ReviewDecision.objects.filter(entry=entry, decision=Decision.SUBMITTED).update(at=moment)
    client = signed_in(mo)
    assert decide(client, first, "approve").url == url(third)
    assert decide(client, third, "refuse").url == url(second)
    assert decide(client, second, "hold").url == "/admin/snippets/gallery/entry/"


def test_an_empty_reason_is_refused_and_nothing_typed_is_lost():
    entry = make_entry("in-review", people=[{"name": "Priya Raman"}], clear_place="fix")
    response = decide(
        signed_in(moderator()), entry, "reject", reason="   ", long_description="A long look.\r\nTwo lines."
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Please give a reason. The photographer will read it." in page
    assert "A long look.\nTwo lines." in page
    entry.refresh_from_db()
    assert (entry.state, entry.long_description) == (EntryState.IN_REVIEW, "A long look.\nTwo lines.")


def test_a_sentence_of_the_house_list_is_reason_enough():
    entry = make_entry("in-review")
    decide(signed_in(moderator()), entry, "reject", reason="", canned="Below minimum size")
    entry.refresh_from_db()
    assert (entry.state, entry.reason) == (EntryState.CHANGES_ASKED, REASONS["Below minimum size"])


def test_what_was_typed_comes_before_the_house_list():
    entry = make_entry("in-review")
    decide(signed_in(moderator()), entry, "reject", reason="A little larger, please.", canned="Below minimum size")
    assert Entry.objects.get(pk=entry.pk).reason == "A little larger, please."


def test_an_unsettled_entry_is_not_approved_and_the_reason_is_kept():
    entry = make_entry("in-review", clear_place="fix")
    response = decide(signed_in(moderator()), entry, "approve", reason="Lovely light.")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Not yet settled: Whoever runs the space knows." in page
    assert "Lovely light.</textarea>" in page
    assert Entry.objects.get(pk=entry.pk).state == EntryState.IN_REVIEW


def test_ticks_and_words_are_saved_with_the_decision():
    entry = make_entry("in-review", clear_place="fix", people=[{"name": "Priya Raman"}])
    person = PicturedPerson.objects.of(entry).get()
    mo = moderator(name="Mo Farrant")
    decide(
        signed_in(mo),
        entry,
        "approve",
        cleared=["clear_place"],
        confirmed=[person.pk],
        tags="glass,  night shift, glass,",
        focal_x="0.25",
        focal_y="0.75",
    )
    entry.refresh_from_db()
    person.refresh_from_db()
    assert (entry.state, entry.clear_place, entry.tags) == (EntryState.APPROVED, "yes", ["glass", "night shift"])
    assert (entry.focal_x, entry.focal_y) == (0.25, 0.75)
    assert (person.confirmed_by, person.channels) == ("Mo Farrant", ["web"])


def test_a_decision_without_new_words_makes_no_new_version():
    entry = make_entry("in-review")
    same = {"long_description": "", "tags": "", "focal_x": "0.5", "focal_y": "0.5"}
    decide(signed_in(moderator()), entry, "approve", **same)
    assert list(ReviewDecision.objects.of(entry).values_list("decision", flat=True)) == ["submitted", "approved"]


def test_words_alone_are_saved_and_a_half_typed_reason_stays():
    entry = make_entry("in-review")
    client = signed_in(moderator())
    response = decide(client, entry, "describe", reason="", long_description="Wax, water, steel.")
    assert response.url == url(entry)
    entry.refresh_from_db()
    assert (entry.long_description, entry.state) == ("Wax, water, steel.", EntryState.IN_REVIEW)
    response = decide(client, entry, "describe", reason="Half a thou", tags="wax")
    assert "Half a thou</textarea>" in response.content.decode()
    assert Entry.objects.get(pk=entry.pk).tags == ["wax"]


@pytest.mark.parametrize("focal", ["1.5", "-0.1", "left", "nan", "inf"])
def test_a_focal_point_outside_the_picture_is_not_kept(focal):
    entry = make_entry("in-review")
    response = decide(signed_in(moderator()), entry, "approve", focal_x=focal)
    assert response.status_code == 422
    entry.refresh_from_db()
    assert (entry.state, entry.focal_x) == (EntryState.IN_REVIEW, 0.5)


def test_somebody_was_quicker_is_told_with_who_and_what():
    entry = make_entry("in-review")
    shown = entry.latest_revision_id
    reviews.refuse(entry=entry, by=moderator(name="Mo Farrant"), reason="A pass can be read.", seen=shown)
    response = decide(signed_in(moderator()), entry, "approve", reason="Lovely.")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody was quicker: this entry is now “Not accepted”. Nothing was changed." in page
    assert "Last: not accepted by Mo Farrant" in page
    assert "“A pass can be read.”" in page
    assert Entry.objects.get(pk=entry.pk).reason == "A pass can be read."


def test_words_that_changed_meanwhile_are_looked_at_again_first():
    entry = make_entry("in-review")
    client = signed_in(moderator())
    stale = entry.latest_revision_id
    reviews.describe(entry=entry, by=moderator(), fields={"tags": ["glass"]}, now=timezone.now())
    response = client.post(
        url(entry), {"action": "approve", "reason": "Lovely.", "seen": stale, "tags": "", "long_description": ""}
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "The words changed while you were reading." in page
    assert "Lovely.</textarea>" in page
    entry.refresh_from_db()
    assert (entry.state, entry.tags) == (EntryState.IN_REVIEW, ["glass"])
    assert f'name="seen" value="{entry.latest_revision_id}"' in page


def test_words_typed_over_somebody_elses_are_kept_on_the_page_and_not_saved():
    entry = make_entry("in-review")
    stale = entry.latest_revision_id
    reviews.describe(entry=entry, by=moderator(), fields={"long_description": "Theirs."}, now=timezone.now())
    response = signed_in(moderator()).post(
        url(entry), {"action": "describe", "seen": stale, "long_description": "Mine."}
    )
    assert response.status_code == 409
    assert "Mine.</textarea>" in response.content.decode()
    assert Entry.objects.get(pk=entry.pk).long_description == "Theirs."


def test_a_decision_that_names_no_version_is_not_taken():
    entry = make_entry("in-review")
    response = signed_in(moderator()).post(url(entry), {"action": "approve", "reason": "Blind."})
    assert response.status_code == 409
    assert Entry.objects.get(pk=entry.pk).state == EntryState.IN_REVIEW


@pytest.mark.parametrize("make", [moderator, administrator])
def test_ones_own_photograph_is_for_somebody_else(make):
    person = make()
    entry = make_entry("in-review", photographer=person, clear_place="fix")
    client = signed_in(person)
    page = client.get(url(entry)).content.decode()
    assert "This is your own photograph, so somebody else has to decide." in page
    assert 'value="approve"' not in page
    assert 'name="cleared"' not in page
    assert decide(client, entry, "approve", cleared=["clear_place"]).status_code == 403
    entry.refresh_from_db()
    assert (entry.state, entry.clear_place) == (EntryState.IN_REVIEW, "fix")


def test_on_hold_the_only_decision_is_to_take_it_off():
    entry = make_entry("on-hold")
    client = signed_in(moderator())
    page = client.get(url(entry)).content.decode()
    assert 'value="resume"' in page
    assert 'value="approve"' not in page
    assert decide(client, entry, "approve").status_code == 409
    assert decide(client, entry, "resume", reason="The office says yes.").status_code == 302
    assert Entry.objects.get(pk=entry.pk).state == EntryState.IN_REVIEW


def test_a_curator_hangs_and_takes_down(work):
    entry = make_entry("approved", exhibition=make_exhibition(hang="by-curator"))
    client = signed_in(curator(name="Cass Udall"))
    assert 'value="hang"' in client.get(url(entry)).content.decode()
    decide(client, entry, "hang")
    work()
    exhibit = Exhibit.objects.get()
    assert (exhibit.public_id, Entry.objects.get(pk=entry.pk).state) == (entry.public_id, EntryState.HUNG)
    hung = ReviewDecision.objects.filter(entry=entry, decision=Decision.HUNG)
    assert list(hung.values_list("by_name", flat=True)) == ["Cass Udall"]

    page = client.get(url(entry)).content.decode()
    assert exhibit.path in page
    empty = decide(client, entry, "take-down", reason=" ")
    assert (empty.status_code, Exhibit.objects.count()) == (422, 1)
    assert "Please give a reason. The photographer will read it." in empty.content.decode()
    decide(client, entry, "take-down", reason="One of the people asked.")
    entry.refresh_from_db()
    assert (entry.state, entry.reason, Exhibit.objects.count()) == ("approved", "One of the people asked.", 0)


def test_hanging_twice_and_taking_down_what_does_not_hang_are_explained():
    entry = make_entry("hung")
    client = signed_in(curator())
    assert "Only approved photographs can be hung" in decide(client, entry, "hang").content.decode()
    decide(client, entry, "take-down", reason="Asked for.")
    response = decide(client, entry, "take-down", reason="Asked for, again.")
    assert response.status_code == 422
    assert "This photograph is not on the wall" in response.content.decode()
    assert "Asked for, again." not in Entry.objects.get(pk=entry.pk).reason


def test_moderators_do_not_hang_but_stop_what_somebody_complains_about():
    approved, hung = make_entry("approved"), make_entry("hung")
    client = signed_in(moderator())
    assert decide(client, approved, "hang").status_code == 404
    assert Entry.objects.get(pk=approved.pk).hang_asked_at == approved.hang_asked_at
    assert 'value="take-down"' in client.get(url(hung)).text
    decide(client, hung, "take-down")
    assert Exhibit.objects.count() == 0


def test_what_hangs_on_the_wall_keeps_its_words():
    entry = make_entry("hung")
    client = signed_in(administrator())
    assert 'value="describe"' not in client.get(url(entry)).content.decode()
    assert decide(client, entry, "describe", long_description="Other words.").status_code == 403
    assert Entry.objects.get(pk=entry.pk).long_description == ""


@pytest.mark.parametrize("who", [moderator, curator])
def test_withdrawing_wants_a_reason_and_a_tick(who, work, mailoutbox):
    entry = make_entry("hung")
    client = signed_in(who())
    for data in ({"reason": "She asked."}, {"reason": " ", "sure": "yes"}, {}):
        assert client.post(url(entry), {"action": "withdraw", **data}).status_code == 422
    assert Entry.objects.get(pk=entry.pk).state == EntryState.HUNG
    response = client.post(url(entry), {"action": "withdraw", "reason": "She asked.", "sure": "yes"})
    assert response.status_code == 302
    work()
    entry = Entry.objects.select_related("master").get(pk=entry.pk)
    assert (entry.state, entry.reason, Exhibit.objects.count()) == (EntryState.WITHDRAWN, "She asked.", 0)
    assert entry.master.erased_at is not None
    told = [message for message in mailoutbox if message.to == [entry.photographer.email]]
    assert "She asked." in told[-1].body


@pytest.mark.parametrize("state", EntryState.values)
def test_every_state_has_a_page(state):
    entry = make_entry(state)
    answer = signed_in(administrator()).get(url(entry))
    assert answer.status_code == (404 if state == "draft" else 200)


@pytest.mark.parametrize("action", ["approve", "describe", "hang", "take-down", "withdraw", "nonsense"])
def test_who_may_not_see_it_gets_the_answer_of_a_missing_one(action):
    entry = make_entry("in-review")
    missing = Entry(pk=entry.pk + 1000)
    for user in (curator(), editor()):
        client = signed_in(user)
        for one in (entry, missing):
            assert client.get(url(one)).status_code == 404
            assert client.post(url(one), {"action": action, "reason": "x", "sure": "yes"}).status_code == 404
    for user in (UserFactory(), entry.photographer):
        answer = signed_in(user).post(url(entry), {"action": action, "reason": "x", "sure": "yes"})
        assert answer.status_code == 403
    assert Entry.objects.get(pk=entry.pk).state == EntryState.IN_REVIEW
