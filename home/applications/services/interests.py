"""Names put down for one page: to come along, or to be told next time."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from cms.core.listing import listed
from cms.mail.writing import write
from home.applications.models.lists import Interest
from home.applications.services import links
from home.development.models import ApprenticeshipPage, OpportunityPage


def wanted_for(page_id: int) -> Page | None:
    """The page, if it takes names now: an apprenticeship that is closed, an opportunity that asks for names."""
    page = listed(Page.objects.filter(pk=page_id)).specific().first()
    takes = (isinstance(page, ApprenticeshipPage) and page.is_closed) or (
        isinstance(page, OpportunityPage) and page.takes_names
    )
    return page if takes else None


@transaction.atomic
def ask(*, page: Page, name: str, email: str, now: dt.datetime) -> None:
    facts = {"page": page.pk, "name": " ".join(name.split()), "email": email}
    url = f"{settings.BASE_URL}/forms/tell-me/confirm/?link={links.make('interest', facts, now=now)}"
    context = {"page": page, "url": url}
    write(to=email, template="applications/mail/interest-confirm.txt", context=context, now=now)


@transaction.atomic
def keep(*, link: str, now: dt.datetime) -> Interest:
    pressed = links.read("interest", link, now=now)
    if pressed.made is not None:
        return _put_down(pressed.made)
    facts = pressed.facts
    page = Page.objects.filter(pk=facts["page"]).first()
    if page is None:
        raise links.LinkTooOld
    interest, _ = Interest.objects.update_or_create(
        page=page,
        email=facts["email"].lower(),
        defaults={"name": facts["name"], "page_title": page.title},
        create_defaults={"name": facts["name"], "page_title": page.title, "put_down_at": now},
    )
    links.spend(pressed, made=interest.pk)
    return interest


def _put_down(pk: int) -> Interest:
    interest = Interest.objects.filter(pk=pk).first()
    if interest is None:  # told, and forgotten
        raise links.LinkTooOld
    return interest


def is_open_again(page: Page | None) -> bool:
    """An apprenticeship people may apply for now, which those on its list were promised to hear."""
    return isinstance(page, ApprenticeshipPage) and page.live and not page.is_closed


@transaction.atomic
def tell_all(*, page: Page, now: dt.datetime) -> int:
    """Writes to everybody on the list that it is open again, and deletes the list: we promised to write once."""
    if not is_open_again(page):
        return 0
    interests = list(Interest.objects.select_for_update().filter(page=page))
    for interest in interests:
        context = {"interest": interest, "page": page, "site": settings.BASE_URL}
        write(to=interest.email, template="applications/mail/open-again.txt", context=context, now=now)
    Interest.objects.filter(pk__in=[interest.pk for interest in interests]).delete()
    return len(interests)
