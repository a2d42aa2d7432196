from django.apps import apps
from django.db import connections
from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate
from wagtail.models import ReferenceIndex, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .context import CACHE
from .models import PortalSettings

for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(CACHE.forget, dispatch_uid="forget-chrome")
for model in (PortalSettings, Site):
    post_save.connect(CACHE.forget, sender=model, dispatch_uid=f"forget-chrome-{model.__name__}")
    post_delete.connect(CACHE.forget, sender=model, dispatch_uid=f"forget-chrome-{model.__name__}")


#: Wagtail itself counts what pages and snippets use, and no settings.
ReferenceIndex.register_model(PortalSettings)


def hurry(using: str, **signal: object) -> None:
    """While a change of a table waits for somebody who reads it, everybody else waits behind it. Visitors wait for
    three seconds, so `migrate` gives up before, and is run once more."""
    _set(using, "SET lock_timeout = '2s'")


def take_time(using: str, **signal: object) -> None:
    _set(using, "RESET lock_timeout")


def _set(using: str, statement: str) -> None:
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute(statement)


pre_migrate.connect(hurry, sender=apps.get_app_config("core"), dispatch_uid="hurry")
post_migrate.connect(take_time, sender=apps.get_app_config("core"), dispatch_uid="take-time")
