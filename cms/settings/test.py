"""Tests: mail stays in memory, files in a folder of the test process's own.

Jobs wait in the real queue until a test lets a worker at them (the `work` fixture).
"""

import tempfile
from pathlib import Path

from .base import *
from .base import env

SECRET_KEY = "for-tests-only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
BASE_URL = "https://portal.example"
WAGTAILADMIN_BASE_URL = WAGTAILAPI_BASE_URL = BASE_URL
if not env("DATABASE_URL", default=""):
    DATABASES["default"]["NAME"] = ":memory:"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
FILES = Path(tempfile.mkdtemp(prefix="portal-tests-"))
PRIVATE_ROOT = FILES / "private"
MEDIA_ROOT = FILES / "public"
WITHDRAWALS_LOG = FILES / "withdrawals.log"
STATIC_ROOT = FILES / "static"
STATIC_ROOT.mkdir()
ACCOUNT_RATE_LIMITS = False
