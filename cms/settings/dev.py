"""Development and the demo: no TLS, mail kept in a folder, static files straight from the source tree."""

import secrets

from .base import *
from .base import VAR, env

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
VAR.mkdir(exist_ok=True)


def _local_secret() -> str:
    """A secret of this checkout's own, so that no key is ever written in the source."""
    path = VAR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="") or _local_secret()
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if not env("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
