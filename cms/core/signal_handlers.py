from django.db.models.signals import post_delete, post_save
from wagtail.models import Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .context import CACHE
from .models import PortalSettings

for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(CACHE.forget, dispatch_uid="forget-chrome")
for model in (PortalSettings, Site):
    post_save.connect(CACHE.forget, sender=model, dispatch_uid=f"forget-chrome-{model.__name__}")
    post_delete.connect(CACHE.forget, sender=model, dispatch_uid=f"forget-chrome-{model.__name__}")
