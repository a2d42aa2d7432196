"""House rules as system checks: they run at every start, not only in tests."""

from collections.abc import Sequence

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import checks
from django.db import DatabaseError
from django.db.models import Model

from .models import PrivateModel


def private_models() -> list[type[Model]]:
    """Every installed model that holds what the public may not see."""
    return [model for model in apps.get_models() if issubclass(model, PrivateModel)]


def ways_back(model: type[Model]) -> list[str]:
    """Names of `model`'s own relations that can be followed backwards, from the public side to the private row."""
    return [
        field.name
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.remote_field is not None
        and field.model is model
        and not field.remote_field.parent_link
        and not (field.remote_field.related_name or "").endswith("+")
    ]


@checks.register("privacy")
def private_relations_have_no_way_back(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"{model._meta.label}.{name} can be followed back to a private row.",
            hint='Give it related_name="+".',
            obj=model,
            id="privacy.E001",
        )
        for model in private_models()
        for name in ways_back(model)
    ]


@checks.register("privacy")
def private_files_lie_apart(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[checks.CheckMessage]:
    private, public = settings.PRIVATE_ROOT.resolve(), settings.MEDIA_ROOT.resolve()
    if private == public or public in private.parents or private in public.parents:
        return [
            checks.Error(
                "Private and public files share a folder.",
                hint="Keep PRIVATE_ROOT and MEDIA_ROOT apart.",
                id="privacy.E002",
            )
        ]
    return []


@checks.register("privacy", deploy=True)
def no_demo_accounts(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[checks.CheckMessage]:
    """Demo people have addresses anybody can guess. They may not come along to a real site."""
    try:
        found = get_user_model().objects.filter(is_demo=True).count()
    except DatabaseError:  # before the first migration
        return []
    if found:
        return [checks.Error(f"{found} demo accounts exist.", hint="Start from a new database.", id="privacy.E003")]
    return []
