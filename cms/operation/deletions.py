"""Rows whose deletion is a promise: once deleted, no backup brings them back."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction

from cms.images.models import PortalImage
from cms.operation.withdrawals import lift, replay_of, write_down
from cms.people import profiles
from cms.people.models import Profile, Technician, User

Row = TypeVar("Row", bound=Model)
#: Kinds of rows that stay deleted.
promised: set[type[Model]] = set()


def delete(row: Model) -> None:
    row.delete()


def promise(model: type[Row], *, again: Callable[[Row], object] = delete) -> None:
    """From here on, every deletion of such a row is written down, whichever door it came through."""
    promised.add(model)
    kind = f"{model._meta.label_lower} deleted"

    def row_goes(instance: Model, **kwargs: object) -> None:
        write_down(kind, instance.pk)

    def delete_again(key: str, now: dt.datetime) -> bool:
        row = model._default_manager.filter(pk=key).first()
        if row is not None:
            again(row)
        return row is not None

    pre_delete.connect(row_goes, sender=model, weak=False, dispatch_uid=f"promise {kind}")
    replay_of(kind)(delete_again)


promise(User)
promise(Technician)
promise(PortalImage)
promise(Page, again=lambda page: page.specific.delete())


# --- What is hidden may be shown again

PROFILE, UNPUBLISHED, PRIVATE = "profile hidden", "page unpublished", "page made private"


def _profile_goes(instance: Profile, **kwargs: object) -> None:
    for key in Technician.objects.filter(slug=instance.pk).values_list("pk", flat=True):
        write_down(PROFILE, key)


def _profile_comes(instance: Profile, created: bool, **kwargs: object) -> None:
    if created:
        for key in Technician.objects.filter(slug=instance.pk).values_list("pk", flat=True):
            lift(PROFILE, key)


@replay_of(PROFILE)
def _hide_profile(key: str, now: dt.datetime) -> bool:
    technician = Technician.objects.filter(pk=key, profile_public=True).first()
    if technician is not None:
        profiles.describe(technician=technician, words={"profile_public": False})
    return technician is not None


def _page_saved(sender: type[Model], instance: Model, update_fields: object = None, **kwargs: object) -> None:
    """However it is unpublished or published: each way ends in its row."""
    if not isinstance(instance, Page) or instance._state.adding or kwargs.get("raw"):
        return
    if update_fields is not None and "live" not in set(update_fields):  # type: ignore[call-overload]
        return
    was_live = Page.objects.filter(pk=instance.pk).values_list("live", flat=True).first()
    if was_live and not instance.live:
        write_down(UNPUBLISHED, instance.pk)
    elif was_live is False and instance.live:
        lift(UNPUBLISHED, instance.pk)


@replay_of(UNPUBLISHED)
def _unpublish(key: str, now: dt.datetime) -> bool:
    page = Page.objects.filter(pk=key, live=True).first()
    if page is not None:
        page.specific.unpublish()
    return page is not None


def _made_private(instance: PageViewRestriction, raw: bool = False, **kwargs: object) -> None:
    if instance._state.adding and not raw:
        write_down(PRIVATE, instance.page_id)


def _made_public(instance: PageViewRestriction, **kwargs: object) -> None:
    lift(PRIVATE, instance.page_id)


@replay_of(PRIVATE)
def _make_private(key: str, now: dt.datetime) -> bool:
    """For people who are signed in: the password it had is nowhere else, and an editor can set another."""
    page = Page.objects.filter(pk=key).first()
    if page is None or PageViewRestriction.objects.filter(page=page).exists():
        return False
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return True


pre_delete.connect(_profile_goes, sender=Profile, dispatch_uid="log-profile-hidden")
post_save.connect(_profile_comes, sender=Profile, dispatch_uid="log-profile-shown")
pre_save.connect(_page_saved, dispatch_uid="log-page-unpublished")
pre_save.connect(_made_private, sender=PageViewRestriction, dispatch_uid="log-page-private")
post_delete.connect(_made_public, sender=PageViewRestriction, dispatch_uid="log-page-open")
