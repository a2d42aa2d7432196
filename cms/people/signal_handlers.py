"""Whoever saves a technician, in the admin, on the desk or in a command: the profile follows at once. Whoever
proves or exchanges an account's address: what it is entered with follows. Whoever deletes an account: what is the
person's goes with it. Whoever is put into a group: it is recorded."""

from allauth.account.signals import email_confirmed
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save, pre_delete
from wagtail.models import ReferenceIndex

from cms.core import former_slugs

from . import leaving, profiles, proof, roles
from .models import Department, Profile, Technician, User


def remember_slug(instance: Technician, **kwargs: object) -> None:
    instance._slug_before = instance.__dict__.get("slug")  # type: ignore[attr-defined]


def technician_saved(instance: Technician, **kwargs: object) -> None:
    before = getattr(instance, "_slug_before", None)
    if before and before != instance.slug:
        profiles.hide(before)
    profiles.bring_into_step(instance)
    instance._slug_before = instance.slug  # type: ignore[attr-defined]


def technician_deleted(instance: Technician, **kwargs: object) -> None:
    profiles.hide(instance.slug)


def account_goes(instance: User, **kwargs: object) -> None:
    leaving.let_go(instance)


former_slugs.follow(Department, "department")
ReferenceIndex.register_model(Profile)  # portraits are used
post_init.connect(remember_slug, sender=Technician, dispatch_uid="remember-slug")
post_save.connect(technician_saved, sender=Technician, dispatch_uid="profile-follows")
post_delete.connect(technician_deleted, sender=Technician, dispatch_uid="profile-goes")
email_confirmed.connect(proof.address_proved, dispatch_uid="older-passwords-end")
post_save.connect(proof.address_given, sender=User, dispatch_uid="one-address")
m2m_changed.connect(roles.record, sender=User.groups.through, dispatch_uid="who-gave-what")
pre_delete.connect(account_goes, sender=User, dispatch_uid="person-leaves")
