"""Joining the network, by a link in a mail, and leaving it by another."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from cms.mail.writing import write
from cms.people.models import Department, Profile
from home.applications.models.lists import NetworkMember
from home.applications.services import links
from home.development.models import NetworkPage


def rep_of(department: Department | None) -> Profile | None:
    """Whom to ask there, if they show their profile."""
    page = NetworkPage.objects.live().public().first() if department else None
    return page.rep_of(department) if page else None


@transaction.atomic
def ask(*, name: str, email: str, department: Department | None, now: dt.datetime) -> None:
    """Writes to the address. Whoever has it decides; until then nobody is on any list."""
    facts = {"name": " ".join(name.split()), "email": email, "department": getattr(department, "pk", None)}
    url = f"{settings.BASE_URL}/forms/network/confirm/?link={links.make('network', facts, now=now)}"
    write(to=email, template="applications/mail/network-confirm.txt", context={"url": url}, now=now)


@transaction.atomic
def join(*, link: str, now: dt.datetime) -> NetworkMember:
    """Following the link twice joins once. Joining again changes name and department."""
    pressed = links.read("network", link, now=now)
    if pressed.made is not None:
        return _member(pressed.made)
    facts = pressed.facts
    department = Department.objects.filter(pk=facts["department"]).first()
    email = facts["email"].lower()
    member, joined = NetworkMember.objects.update_or_create(
        email=email,
        defaults={"name": facts["name"], "department": department},
        create_defaults={"name": facts["name"], "department": department, "joined_at": now},
    )
    links.spend(pressed, made=member.pk)
    if joined:
        token = links.make("leave", {"member": member.pk}, now=now, days=None)
        leave_url = f"{settings.BASE_URL}/forms/network/leave/?link={token}"
        context = {"member": member, "rep": rep_of(department), "site": settings.BASE_URL, "leave_url": leave_url}
        write(to=email, template="applications/mail/network-welcome.txt", context=context, now=now)
    return member


@transaction.atomic
def leave(*, link: str, now: dt.datetime) -> None:
    """Following the link twice is fine: there is nobody left to take off."""
    NetworkMember.objects.filter(pk=links.read("leave", link, now=now).facts["member"]).delete()


def _member(pk: int) -> NetworkMember:
    member = NetworkMember.objects.filter(pk=pk).first()
    if member is None:  # they have left
        raise links.LinkTooOld
    return member
