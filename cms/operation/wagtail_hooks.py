"""Registers; nothing else."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from .viewsets import operation_viewset


@hooks.register("register_admin_viewset")
def operation() -> ViewSet:
    return operation_viewset
