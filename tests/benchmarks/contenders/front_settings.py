"""Test settings with a database on disk, shared by the process that fills it and the one that serves."""

from cms.settings.test import *  # noqa: F403
from cms.settings.test import DATABASES, env

DATABASES["default"]["NAME"] = env.db_url_config(env("DATABASE_URL"))["NAME"]
