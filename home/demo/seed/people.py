"""Departments, technicians and accounts. One random password per account and install, kept for their owner only."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils.text import slugify

from cms.people.models import Department, RoleFamily, Technician, User
from home.demo.accounts import ROLES, keep

#: The content's groups that are groups here. Photographers need none: they have no admin access.
GROUPS = {
    "Editors": "Editors",
    "Moderators": "Moderators",
    "Exhibition managers": "Curators",
    "Judges": "Judges",
    "Contributors": "Contributors",
    "Press": "Press",
    "Co-ordinators": "Co-ordinators",
}
#: Nothing that can be misread when copied by hand.
LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


def departments(content: dict[str, Any]) -> None:
    campuses = {campus["id"]: campus["name"] for campus in content["campuses"]}
    for facts in content["departments"]:
        Department.objects.create(
            name=facts["name"],
            slug=facts["slug"],
            code=facts["code"],
            faculty=facts["faculty"],
            campus=campuses[facts["campus"]],
            blurb=facts["blurb"],
            technician_count=facts["technicians"],
        )
    for place, name in enumerate(content["role_families"], start=1):
        RoleFamily.objects.create(name=name, slug=slugify(name), sort_order=place)


def technicians(content: dict[str, Any]) -> dict[str, Technician]:
    """Everybody, by their id in the content. Accounts come later."""
    in_department = {department.slug: department for department in Department.objects.all()}
    in_family = {family.name: family for family in RoleFamily.objects.all()}
    slugs = {facts["id"]: facts["slug"] for facts in content["departments"]}
    return {
        facts["id"]: Technician.objects.create(
            name=facts["name"],
            slug=facts["slug"],
            role=facts["role"],
            department=in_department[slugs[facts["department"]]],
            role_family=in_family[facts["role_family"]],
            registration=facts["registration"] or "",
            joined=facts["joined"],
            skills=facts["skills"],
            bio=facts["bio"],
            quote=facts["quote"],
            profile_public=facts["profile_public"],
        )
        for facts in content["technicians"]
    }


def accounts(content: dict[str, Any], everybody: dict[str, Technician]) -> None:
    """The accounts that can be played, with passwords, and one without a password for each other photographer
    (they can sign in with a code by e-mail, which arrives in the demo's mailbox)."""
    kept = []
    for facts in content["users"]:
        role = next((role for role in facts["roles"] if role in ROLES), None)
        if role is None:
            continue
        password = new_password()
        user = _account(facts["email"], facts["name"], password, admin=role == "admin")
        for name in facts["groups"]:
            if name in GROUPS:
                user.groups.add(Group.objects.get(name=GROUPS[name]))
        if "technician" in facts:
            _give(everybody[facts["technician"]], user)
        kept.append({"role": role, "name": user.name, "email": user.email, "password": password})
    keep(kept)
    domain = content["institution"]["domain_for_demo"]
    for photographer in {photo["photographer"] for photo in content["photos"]}:
        technician = everybody[photographer]
        if technician.user is None:
            _give(technician, _account(address(technician, domain), technician.name, None))


def new_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def renew_accounts(content: dict[str, Any]) -> None:
    """New passwords for everybody who can be played, when the file that held the old ones is gone."""
    renewed = []
    for facts in content["users"]:
        role = next((role for role in facts["roles"] if role in ROLES), None)
        user = User.objects.filter(email=facts["email"], is_demo=True).first()
        if role is None or user is None:
            continue
        password = new_password()
        user.set_password(password)
        user.save(update_fields=["password"])
        renewed.append({"role": role, "name": user.name, "email": user.email, "password": password})
    keep(renewed)


def address(technician: Technician, domain: str) -> str:
    return f"{technician.slug.replace('-', '.')}@{domain}"


def _account(email: str, name: str, password: str | None, *, admin: bool = False) -> User:
    make = User.objects.create_superuser if admin else User.objects.create_user
    user = make(email, password, name=name, is_demo=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _give(technician: Technician, user: User) -> None:
    technician.user = user
    technician.save(update_fields=["user"])
