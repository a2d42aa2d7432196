"""Who may do what, as the migrations leave it, and which tables are private."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from cms.core.checks import private_models

from .pinned import assert_as_pinned


def rights(group: Group) -> dict[str, list[str]]:
    """Permissions on tables, on branches of the page tree (by slug) and on collections (by name)."""
    tables = group.permissions.values_list("content_type__app_label", "codename")
    pages = GroupPagePermission.objects.filter(group=group).values_list("page__slug", "permission__codename")
    collections = GroupCollectionPermission.objects.filter(group=group).values_list(
        "collection__name", "permission__content_type__app_label", "permission__codename"
    )
    return {
        "tables": sorted(f"{app}.{codename}" for app, codename in tables),
        "pages": sorted(f"{slug}: {codename}" for slug, codename in pages),
        "collections": sorted(f"{name}: {app}.{codename}" for name, app, codename in collections),
    }


@pytest.mark.django_db
def test_groups_keep_their_rights():
    assert_as_pinned("group_rights", {group.name: rights(group) for group in Group.objects.order_by("name")})


def test_private_models_stay_private():
    names = {model.__name__: model._meta.model_name for model in private_models()}
    assert_as_pinned("private_models", {"private": sorted(names)})
