"""Registers; nothing else."""

from wagtail.snippets.models import register_snippet

from home.registration.viewsets import RegistrationViewSetGroup

register_snippet(RegistrationViewSetGroup)
