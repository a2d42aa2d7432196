"""What must happen when a picture of the library goes, however it goes."""

from django.db import transaction
from django.db.models.signals import post_delete

from cms.images.ladder import remove_public_files
from cms.images.models import PortalImage


def register() -> None:
    # Wagtail removes the original and the renditions; the ladder is ours.
    post_delete.connect(remove_ladder, sender=PortalImage, dispatch_uid="images.remove_ladder")


def remove_ladder(instance: PortalImage, **kwargs: object) -> None:
    keys = instance.sources.keys
    transaction.on_commit(lambda: remove_public_files(keys))
