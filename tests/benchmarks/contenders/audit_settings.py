"""Production settings, with static files in a folder of their own: the demo serves var/static as well."""

from cms.settings.production import *  # noqa: F403
from cms.settings.production import VAR

STATIC_ROOT = VAR / "audit" / "static"
