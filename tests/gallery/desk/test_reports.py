"""“Something wrong?”: anybody may say so, nobody else reads it, and a photograph can be taken down at once."""

import pytest
from django.core import mail
from django.test import Client

from cms.core.open_forms import MOST_FROM_ONE_ADDRESS
from gallery.forms.reports import own_path, photograph_at
from gallery.models.exhibits import Exhibit
from gallery.models.reports import Report
from tests.factories.entries import make_entry
from tests.factories.people import administrator, curator, editor, moderator
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db
SECRET = "The badge of Wilhelmina Quist is readable."


def send(client: Client | None = None, **facts: str):
    answers = {"about": "/about/", "words": SECRET, "email": "", "website": "", **facts}
    return (client or Client()).post("/forms/report/", answers)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_public_page_leads_to_the_form_and_private_ones_do_not():
    exhibit_page = stranger().get(Exhibit.objects.get(pk=make_entry("hung").public_id).path)
    link = f'href="/forms/report/?about={exhibit_page.wsgi_request.path}"'
    assert exhibit_page.content.decode().count(link) == 1
    assert "/forms/report/" not in stranger().get("/accounts/login/").content.decode()


def test_the_form_reads_no_private_table_and_says_what_it_is_about():
    with only_public_tables():
        page = stranger().get("/forms/report/?about=/exhibitions/")
    assert page.status_code == 200
    assert '<a href="/exhibitions/">/exhibitions/</a>' in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("/about/", "/about/"),
        ("/exhibitions/steady-hands/?page=2", "/exhibitions/steady-hands/?page=2"),
        ("https://elsewhere.example/", ""),
        ("//elsewhere.example/", ""),
        ("/\\elsewhere.example/", ""),
        ("javascript:alert(1)", ""),
        ("/about/\nBcc: x@y.example", ""),
        ("/admin/users/1/delete/", ""),
        ("/" + "a" * 500, ""),
    ],
)
def test_only_public_paths_of_ours_are_kept(text, kept):
    assert own_path(text) == kept


def test_a_report_reaches_every_moderator_and_curator_by_mail(work):
    readers = [moderator(), curator()]
    editor()
    answer = send(email="visitor@elsewhere.example")
    assert (answer.status_code, answer["Location"]) == (302, "thanks/?about=%2Fabout%2F")
    report = Report.objects.get()
    assert (report.about, report.public_id, report.words) == ("/about/", "", SECRET)
    assert mail.outbox == []
    work()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(reader.email for reader in readers)
    assert SECRET in mail.outbox[0].body
    assert f"https://portal.example/admin/something-wrong/{report.pk}/" in mail.outbox[0].body
    assert "visitor@elsewhere.example" not in mail.outbox[0].body


def test_nothing_of_it_is_public():
    send(email="wilhelmina@elsewhere.example")
    for path in ("/", "/about/", "/search/?q=Wilhelmina", "/forms/report/thanks/?about=/about/", "/api/v2/pages/"):
        page = stranger().get(path).content.decode()
        assert "is readable" not in page
        assert "wilhelmina@" not in page
    assert stranger().get(f"/admin/something-wrong/{Report.objects.get().pk}/").status_code == 302


def test_what_was_written_survives_a_mistake():
    answer = send(email="not an address")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert SECRET in page
    assert 'value="not an address"' in page
    assert page.count("That address is not complete.") == 2  # in the summary and beside the box
    assert not Report.objects.exists()


def test_a_robot_is_thanked_and_not_heard():
    assert send(website="https://cheap.example").status_code == 302
    assert not Report.objects.exists()


def test_a_flood_from_one_address_is_stopped_kindly_and_nothing_is_lost():
    for _ in range(MOST_FROM_ONE_ADDRESS):
        assert send().status_code == 302
    answer = send(words="One too many, but mine.")
    assert answer.status_code == 429
    assert "One too many, but mine." in answer.content.decode()
    assert Report.objects.count() == MOST_FROM_ONE_ADDRESS
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert send(elsewhere).status_code == 302


def test_one_click_takes_the_photograph_down_and_its_photographer_is_told(work):
    entry = make_entry("hung", title="The Ribbon of Wax")
    path = Exhibit.objects.get().path
    assert photograph_at(path) == entry.public_id
    send(about=path)
    report = Report.objects.get()
    client = signed_in(curator())
    screen = f"/admin/something-wrong/{report.pk}/"
    page = client.get(screen).content.decode()
    assert SECRET in page
    assert "Take it down now" in page
    assert client.post(screen, {"action": "take-down", "words": ""}).status_code == 422
    assert Exhibit.objects.exists()
    assert client.post(screen, {"action": "take-down", "words": "While we look."}).status_code == 302
    assert stranger().get(path).status_code == 410
    work()
    told = [message for message in mail.outbox if message.to == [entry.photographer.email]]
    assert "While we look." in told[-1].body


def test_a_moderator_takes_down_where_the_complaint_is_read():
    make_entry("hung")
    send(about=Exhibit.objects.get().path)
    client = signed_in(moderator())
    screen = f"/admin/something-wrong/{Report.objects.get().pk}/"
    assert "Take it down now" in client.get(screen).content.decode()
    assert client.post(screen, {"action": "take-down", "words": "While we look."}).status_code == 302
    assert not Exhibit.objects.exists()


def test_settling_answers_whoever_left_an_address_once(work):
    send(email="visitor@elsewhere.example")
    report = Report.objects.get()
    client = signed_in(moderator(name="Morven Castleby"))
    screen = f"/admin/something-wrong/{report.pk}/"
    assert client.post(screen, {"action": "settle", "words": " "}).status_code == 422
    assert client.post(screen, {"action": "settle", "words": "We blurred the badge."}).status_code == 302
    again = client.post(screen, {"action": "settle", "words": "Me too."})
    assert "Somebody was quicker: Morven Castleby" in again.content.decode()
    assert Report.objects.get().email == ""  # it was for the answer, “and nothing else”
    work()
    answers = [message for message in mail.outbox if message.to == ["visitor@elsewhere.example"]]
    assert [("We blurred the badge." in message.body) for message in answers] == [True]


def test_the_panel_and_the_list_are_for_those_who_look_after_photographs():
    send()
    for person in (moderator(), curator(), administrator()):
        assert "Somebody says something is wrong" in signed_in(person).get("/admin/").content.decode()
        assert SECRET in signed_in(person).get("/admin/something-wrong/").content.decode()
    assert SECRET not in signed_in(editor()).get("/admin/").content.decode()
    assert signed_in(editor()).get("/admin/something-wrong/").status_code == 404
