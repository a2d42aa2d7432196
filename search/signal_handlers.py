from django.db.models.signals import post_delete, post_save

from . import synonyms
from .models import Synonym

post_save.connect(synonyms.CACHE.forget, sender=Synonym, dispatch_uid="forget-synonyms")
post_delete.connect(synonyms.CACHE.forget, sender=Synonym, dispatch_uid="forget-synonyms-deleted")
