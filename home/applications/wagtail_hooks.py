"""Registers; nothing else."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from home.applications.permissions import LOOKS_AFTER
from home.applications.viewsets.lists import lists_viewset
from home.applications.viewsets.mentoring import mentoring_viewset


@hooks.register("register_admin_viewset")
def people_viewsets() -> list[ViewSet]:
    return [mentoring_viewset, lists_viewset]


@hooks.register("register_permissions")
def people_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="applications", codename=LOOKS_AFTER)
