"""Production settings: they name what is missing, refuse what is unsafe, and pass Django's own deployment check."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "a-long-and-random-string-for-tests-0123456789-abcdefgh",
    "ALLOWED_HOSTS": "technicians.example.ac.uk",
    "BASE_URL": "https://technicians.example.ac.uk",
    "DATABASE_URL": "sqlite:////tmp/never-opened.sqlite3",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.ac.uk:587",
    "TRUSTED_PROXIES": "1",
}


def manage(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=cwd,
        env={**kept, "DJANGO_SETTINGS_MODULE": "cms.settings.production", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_everything_that_is_missing_is_named_at_once():
    answer = manage("check")
    assert answer.returncode == 1
    for name in COMPLETE:
        assert name in answer.stderr.splitlines()[-1]


def test_a_complete_env_file_is_enough(tmp_path):
    for name in ("cms", "gallery", "home", "search"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in COMPLETE.items()))
    answer = manage("diffsettings", cwd=tmp_path)
    assert "BASE_URL = 'https://technicians.example.ac.uk'" in answer.stdout, answer.stderr


def test_without_settings_it_says_which_there_are():
    answer = manage("check", DJANGO_SETTINGS_MODULE="")
    assert answer.returncode == 1
    (sentence,) = answer.stderr.splitlines()
    for name in ("DJANGO_SETTINGS_MODULE=cms.settings.dev", "cms.settings.production", "bin/demo"):
        assert name in sentence


GUNICORN = """
from gunicorn.app.wsgiapp import WSGIApplication
WSGIApplication().load()
from django.conf import settings
print(settings.SERVING, settings.DATABASES["default"]["OPTIONS"]["options"])
"""


def test_where_visitors_wait_nobody_waits_long_for_the_database():
    """gunicorn's own file reads settings before `cms.wsgi` is loaded; commands may take their time."""
    database = {"DATABASE_URL": "postgres://portal@127.0.0.1/never-opened"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    served = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", GUNICORN, "cms.wsgi"],
        cwd=ROOT,
        env={**kept, **(COMPLETE | database), "DJANGO_SETTINGS_MODULE": "cms.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert served.stdout.startswith("True -c lock_timeout=3s"), served.stderr
    told = manage("diffsettings", **(COMPLETE | database))
    assert ("SERVING = False" in told.stdout, "lock_timeout=20s" in told.stdout) == (True, True)


def test_it_is_alive_whatever_the_host(client):
    answer = client.get("/healthz", headers={"host": "127.0.0.1:8000"})
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_the_deployment_check_is_clean():
    answer = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DEMO": "1"}, "It never runs in production"),
        ({"SECRET_KEY": "x"}, "SECRET_KEY can be guessed"),
        ({"SECRET_KEY": "x" * 64}, "SECRET_KEY can be guessed"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the site's hosts"),
        ({"ALLOWED_HOSTS": "other.example.ac.uk"}, "ALLOWED_HOSTS must name the host of BASE_URL"),
        ({"BASE_URL": "technicians.example.ac.uk"}, "BASE_URL must be a complete address"),
        ({"CACHE_URL": "locmemcache://"}, "a cache that all processes share"),
        (
            {"FRONTEND_CACHE_BACKEND": "Varnish"},
            "must be one of HTTPBackend, CloudflareBackend, CloudfrontBackend.",
        ),
        ({"FRONTEND_CACHE_BACKEND": "HTTPBackend"}, "HTTPBackend needs FRONTEND_CACHE_LOCATION."),
        (
            {"FRONTEND_CACHE_BACKEND": "CloudflareBackend"},
            "CloudflareBackend needs FRONTEND_CACHE_ZONE and FRONTEND_CACHE_TOKEN.",
        ),
        ({"FRONTEND_CACHE_BACKEND": "CloudfrontBackend"}, "CloudfrontBackend needs FRONTEND_CACHE_DISTRIBUTION."),
    ],
)
def test_what_is_unsafe_is_refused(environment, sentence):
    answer = manage("check", **{**COMPLETE, **environment})
    assert answer.returncode == 1
    assert sentence in answer.stderr


@pytest.mark.parametrize(
    ("environment", "attribute", "value"),
    [
        (
            {"FRONTEND_CACHE_BACKEND": "HTTPBackend", "FRONTEND_CACHE_LOCATION": "http://127.0.0.1:8080"},
            "cache_netloc",
            "127.0.0.1:8080",
        ),
        (
            {
                "FRONTEND_CACHE_BACKEND": "wagtail.contrib.frontend_cache.backends.CloudflareBackend",
                "FRONTEND_CACHE_ZONE": "zone-1",
                "FRONTEND_CACHE_TOKEN": "token-1",
            },
            "cloudflare_zoneid",
            "zone-1",
        ),
        (
            {"FRONTEND_CACHE_BACKEND": "CloudfrontBackend", "FRONTEND_CACHE_DISTRIBUTION": "E1"},
            "cloudfront_distribution_id",
            "E1",
        ),
    ],
)
def test_wagtail_takes_each_kind_of_cache_in_front(environment, attribute, value):
    look = (
        "from wagtail.contrib.frontend_cache.utils import get_backends;"
        f"found = get_backends()['default']; print(found.{attribute}, *found.hostnames)"
    )
    media = {"PUBLIC_MEDIA_URL": "https://media.example.ac.uk/"}
    answer = manage("shell", "-v0", "-c", look, **COMPLETE, **media, **environment)
    assert answer.stdout == f"{value} media.example.ac.uk technicians.example.ac.uk\n", answer.stderr


@pytest.mark.django_db
def test_demo_accounts_fail_the_deployment_check():
    from cms.core.checks import no_demo_accounts
    from tests.factories.people import UserFactory

    assert no_demo_accounts(None) == []
    UserFactory(is_demo=True)
    assert [problem.id for problem in no_demo_accounts(None)] == ["privacy.E003"]


def test_sign_in_believes_as_many_proxies_as_everything_else():
    answer = manage("diffsettings", **COMPLETE | {"TRUSTED_PROXIES": "3"})
    assert "ALLAUTH_TRUSTED_PROXY_COUNT = 3  ###" in answer.stdout.splitlines()
