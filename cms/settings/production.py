"""Production: everything from the environment, or from .env. Names whatever is missing, all at once."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from .base import *  # reads .env, which is part of the environment from here on
from .base import CACHES, DATABASES, LOG_FORMAT, TRUSTED_PROXIES, env

REQUIRED = {
    "SECRET_KEY": "a long random string",
    "ALLOWED_HOSTS": "the site's host names, comma separated",
    "BASE_URL": "the site's public address, such as https://technicians.example.ac.uk",
    "DATABASE_URL": "such as postgres://user:password@host/name",
    "EMAIL_URL": "such as smtp+tls://user:password@host:587",
    "TRUSTED_PROXIES": "how many proxies stand in front (0 when none)",
}
#: Of a secret key; `openssl rand -base64 48` makes 64.
SHORTEST_KEY = 50
FEWEST_LETTERS = 10

if _missing := [f"{name} ({what})" for name, what in REQUIRED.items() if not os.environ.get(name)]:
    raise ImproperlyConfigured("Set these before starting: " + "; ".join(_missing))
if os.environ.get("DEMO", "").lower() in {"1", "true", "yes", "on"}:
    raise ImproperlyConfigured("DEMO makes accounts with known addresses. It never runs in production: unset it.")

SECRET_KEY = env("SECRET_KEY")
if len(SECRET_KEY) < SHORTEST_KEY or len(set(SECRET_KEY)) < FEWEST_LETTERS:
    raise ImproperlyConfigured(
        f"SECRET_KEY can be guessed: it needs {SHORTEST_KEY} random letters. `openssl rand -base64 48` makes some."
    )
ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS")]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's hosts. With * anybody could name another.")
if urlsplit(BASE_URL).scheme not in {"http", "https"} or not urlsplit(BASE_URL).hostname:
    raise ImproperlyConfigured("BASE_URL must be a complete address, such as https://technicians.example.ac.uk")
if not validate_host(urlsplit(BASE_URL).hostname, ALLOWED_HOSTS):
    raise ImproperlyConfigured(f"ALLOWED_HOSTS must name the host of BASE_URL, {urlsplit(BASE_URL).hostname}.")
if LOG_FORMAT not in {"line", "json"}:
    raise ImproperlyConfigured("LOG_FORMAT must be line or json.")
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    raise ImproperlyConfigured("CACHE_URL must name a cache that all processes share: rate limits count in it.")
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.postgres"]

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^(readyz|metrics)$"]
SECURE_HSTS_SECONDS = 31_536_000
# For this host alone, unless told: what its neighbours below the institution's domain do is not ours to promise.
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "security.W005", "security.W021"]
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CONTENT_SECURITY_POLICY["DIRECTIVES"] |= {"upgrade-insecure-requests": True}

# A cache in front, told by the worker what has changed. Each kind needs a setting of its own. CloudFront's keys
# come from the environment or the role, like those of the buckets.
FRONTEND_CACHES = {
    "HTTPBackend": {"LOCATION": "FRONTEND_CACHE_LOCATION"},
    "CloudflareBackend": {"ZONEID": "FRONTEND_CACHE_ZONE", "BEARER_TOKEN": "FRONTEND_CACHE_TOKEN"},
    "CloudfrontBackend": {"DISTRIBUTION_ID": "FRONTEND_CACHE_DISTRIBUTION"},
}
if _backend := env("FRONTEND_CACHE_BACKEND", default="").rpartition(".")[2]:
    if _backend not in FRONTEND_CACHES:
        raise ImproperlyConfigured(f"FRONTEND_CACHE_BACKEND must be one of {', '.join(FRONTEND_CACHES)}.")
    _needed = FRONTEND_CACHES[_backend]
    if _missing := [name for name in _needed.values() if not env(name, default="")]:
        raise ImproperlyConfigured(f"{_backend} needs {' and '.join(_missing)}.")
    _hosts = {urlsplit(address).netloc for address in (BASE_URL, MEDIA_URL)} - {""}
    WAGTAILFRONTENDCACHE = {
        "default": {
            "BACKEND": f"cms.changes.backends.{_backend}",
            "HOSTNAMES": sorted({*ALLOWED_HOSTS, *_hosts}),
            **{option: env(name) for option, name in _needed.items()},
        }
    }
