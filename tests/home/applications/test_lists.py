"""The network and names put down: nothing is kept before a link in a mail was followed and its button pressed."""

import base64
import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cms.jobs.periodic import tend
from cms.mail.models import Message
from home.applications.models import Interest, Link, NetworkMember
from home.applications.services import links, network
from tests.factories.development import (
    make_apprenticeship,
    make_apprenticeship_index,
    make_network,
    make_opportunity,
    make_opportunity_index,
)
from tests.factories.people import DepartmentFactory, TechnicianFactory, co_ordinator, editor
from tests.strangers import only_public_tables, stranger

pytestmark = pytest.mark.django_db


def send(path: str, **facts: object):
    return Client().post(path, {"name": "Owain", "email": "Owain@calderwick.example", **facts})


def link_in(message) -> str:
    """The address in the mail, without its host."""
    return re.search(r"https://portal\.example(/forms/\S+)", message.body)[1]


def press(path: str):
    address, _, link = path.partition("?link=")
    return Client().post(address, {"link": link})


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_joining_takes_one_mail_and_one_press_and_shows_whom_to_ask(work):
    rep = TechnicianFactory(name="Jorge", profile_public=True)
    civil = DepartmentFactory(name="Civil")
    make_network(reps=[(civil, rep.slug)])
    assert send("/forms/network/", department=civil.pk).status_code == 302
    assert not NetworkMember.objects.exists()
    work()
    confirm = link_in(mail.outbox[0])
    assert "Yes, I would like to join" in Client().get(confirm).content.decode()
    assert not NetworkMember.objects.exists()  # looking is not pressing
    page = press(confirm).content.decode()
    assert "In Civil the person to ask is Jorge, Glassblower." in page
    press(confirm)
    assert list(NetworkMember.objects.values_list("name", "email", "department__name")) == [
        ("Owain", "owain@calderwick.example", "Civil")
    ]
    work()
    assert len(mail.outbox) == 2
    assert "Jorge, Glassblower" in mail.outbox[1].body
    assert press(link_in_last(mail.outbox[1])).status_code == 200
    assert not NetworkMember.objects.exists()


def link_in_last(message) -> str:
    return re.findall(r"https://portal\.example(/forms/\S+)", message.body)[-1]


@pytest.mark.parametrize("made_for", ["", "nonsense", "leave"])
def test_a_made_up_link_does_nothing(made_for):
    link = links.make("leave", {"member": 1}, now=timezone.now()) if made_for == "leave" else made_for
    answer = Client().post("/forms/network/confirm/", {"link": link})
    assert answer.status_code == 410
    assert "This link has run out." in answer.content.decode()
    assert not NetworkMember.objects.exists()


def stored() -> str:
    """Every row that knows of forms and mails, as somebody who has got hold of the database reads it."""
    rows = [row for model in (Link, Message, NetworkMember, Interest) for row in model.objects.values()]
    return str(rows).casefold()


def test_a_link_says_nothing_to_who_sees_it_and_the_tables_cannot_make_it(work):
    send("/forms/network/")
    token = re.search(r"link=(\S+)", Message.objects.get().body)[1]
    for part in (token, *token.split(":")):
        readable = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).lower()
        assert b"owain" not in readable
    assert link_in(Message.objects.get()).endswith(token)
    work()
    assert token.casefold() not in stored()


def test_who_does_not_press_is_forgotten_after_two_weeks(work):
    index = make_opportunity_index()
    send("/forms/network/")
    send("/forms/tell-me/", about=make_opportunity(index, takes_names=True).pk)
    work()
    for message in mail.outbox:
        assert "after 14 days we delete what was written." in message.body
    tend(now=timezone.now() + dt.timedelta(days=13, hours=23))
    assert "owain" in stored()
    old = timezone.now() + dt.timedelta(days=14, minutes=1)
    tend(now=old)
    assert "owain" not in stored()
    with pytest.raises(links.LinkTooOld):
        network.join(link=link_in(mail.outbox[0]).partition("?link=")[2], now=old)


def test_a_link_that_has_run_out_joins_nobody_even_before_it_is_deleted():
    token = links.make("network", {"name": "Owain"}, now=timezone.now() - dt.timedelta(days=15))
    assert press(f"/forms/network/confirm/?link={token}").status_code == 410


def test_who_has_left_stands_nowhere_and_the_old_link_does_not_bring_them_back(work):
    send("/forms/network/")
    work()
    confirm = link_in(mail.outbox[0])
    assert press(confirm).status_code == 200
    work()
    leave = link_in_last(mail.outbox[1])
    assert [press(leave).status_code for _ in range(2)] == [200, 200]
    assert "owain" not in stored()
    assert press(confirm).status_code == 410
    assert not NetworkMember.objects.exists()


def test_the_network_page_names_reps_and_free_places_and_no_member():
    NetworkMember.objects.create(
        name="Wilhelmina Quist", email="quist@calderwick.example", joined_at=timezone.now()
    )
    rep = TechnicianFactory(name="Jorge", profile_public=True)
    page = make_network(
        reps=[(DepartmentFactory(name="Civil"), rep.slug), (DepartmentFactory(name="Library"), None)]
    )
    for path in ("/network/", f"/api/v2/pages/{page.pk}/", "/forms/network/", "/search/?q=Quist"):
        with only_public_tables():
            text = stranger().get(path).content.decode()
        assert "Wilhelmina" not in text
        assert "quist@" not in text
    text = stranger().get("/network/").content.decode()
    assert ("Jorge</a>" in text, "Free. Could it be you?" in text) == (True, True)
    rep.profile_public = False
    rep.save()
    assert "Jorge" not in stranger().get("/network/").content.decode()


def test_only_pages_that_take_names_take_names():
    index = make_opportunity_index()
    apprenticeships = make_apprenticeship_index()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    takes = [
        make_opportunity(index, takes_names=True),
        make_apprenticeship(apprenticeships, applications_close=yesterday),
    ]
    does_not = [
        make_opportunity(index),
        make_opportunity(index, takes_names=True, closes=yesterday),
        make_apprenticeship(apprenticeships),
    ]
    for page in takes:
        with only_public_tables():
            assert stranger().get(f"/forms/tell-me/?about={page.pk}").status_code == 200
    for about in (*(page.pk for page in does_not), "", "x", "9" * 30):
        assert stranger().get(f"/forms/tell-me/?about={about}").status_code == 404
    assert f'href="/forms/tell-me/?about={takes[0].pk}">Put your name down' in (
        stranger().get(takes[0].address).content.decode()
    )


def test_the_organiser_takes_the_names_away_as_a_table(work):
    page = make_opportunity(make_opportunity_index(), title="Science festival", takes_names=True)
    assert send("/forms/tell-me/", about=page.pk, name="=HYPERLINK(1)").status_code == 302
    work()
    assert not Interest.objects.exists()
    assert "Your name is down for “Science festival”." in press(link_in(mail.outbox[0])).content.decode()
    client = signed_in(co_ordinator())
    assert "Science festival" in client.get("/admin/network-and-lists/").content.decode()
    table = client.get(f"/admin/network-and-lists/{page.pk}.csv").content.decode("utf-8-sig").splitlines()
    assert table == ["Name,E-mail,Put down", f"'=HYPERLINK(1),owain@calderwick.example,{timezone.now():%Y-%m-%d}"]
    for path in ("/admin/network-and-lists/", f"/admin/network-and-lists/{page.pk}.csv"):
        assert signed_in(editor()).get(path).status_code == 404


def test_the_network_list_can_be_taken_away_and_somebody_taken_off():
    member = NetworkMember.objects.create(
        name="Máiréad", email="m@calderwick.example", joined_at=dt.datetime(2027, 1, 5, tzinfo=dt.UTC)
    )
    client = signed_in(co_ordinator())
    table = client.get("/admin/network-and-lists/network.csv").content.decode("utf-8-sig").splitlines()
    assert table == ["Name,E-mail,Department,Joined", "Máiréad,m@calderwick.example,,2027-01-05"]
    client.post("/admin/network-and-lists/", {"member": member.pk})
    assert not NetworkMember.objects.exists()


def test_those_on_the_list_are_told_once_when_it_opens_again(work):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    page = make_apprenticeship(make_apprenticeship_index(), title="Foundry", applications_close=yesterday)
    send("/forms/tell-me/", about=page.pk)
    work()
    press(link_in(mail.outbox[0]))
    client = signed_in(co_ordinator())
    lists = "/admin/network-and-lists/"
    assert "write to all of them" not in client.get(lists).content.decode()
    client.post(lists, {"tell": page.pk})  # too early: nobody is told, nobody forgotten
    assert Interest.objects.count() == 1

    page.applications_close = timezone.localdate()
    page.save()
    assert "write to all of them" in client.get(lists).content.decode()
    client.post(lists, {"tell": page.pk})
    work()
    assert [message.subject for message in mail.outbox[1:]] == ["Open again: Foundry"]
    assert f"https://portal.example{page.address}" in mail.outbox[1].body
    assert not Interest.objects.exists()


@pytest.mark.parametrize("name", ["tell", "member"])
@pytest.mark.parametrize("value", ["abc", "", "-1", "1.5", "9" * 30, "\x00"])
def test_a_button_that_is_not_ours_does_nothing(name: str, value: str) -> None:
    answer = signed_in(co_ordinator()).post("/admin/network-and-lists/", {name: value})
    assert answer.status_code == 404
