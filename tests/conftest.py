"""Fixtures for every test. A test starts with no files, no remembered menu and an empty queue."""

import atexit
import gc
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Site

from cms.images.sandbox import client
from tests import kept_database, remembered_pictures
from tests.s3 import buckets, s3, s3_server  # noqa: F401  (a fixture is found where it is named)

DIRECTIONS = re.compile(rb' dir="auto"|</?bdi>')
SHARED = Path(__file__).resolve().parents[2] / "shared"


# What is imported stays to the end: looking through it for garbage again and again takes a quarter of the start.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def _clean_slate() -> Iterator[None]:
    from cms.core.process_cache import forget_everything

    forget_everything()
    cache.clear()
    Site.clear_site_root_paths_cache()
    yield
    for folder in (settings.PRIVATE_ROOT, settings.MEDIA_ROOT):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _words_undirected(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests of what a page says read it without the marks that direct its words. Those stand at nearly every word,
    and test_direction.py, which sees them, asks for them everywhere."""
    if request.path.name == "test_direction.py":
        return
    send = Client.request

    def undirected(client: Client, **asked: object) -> HttpResponse:
        answer = send(client, **asked)
        if not answer.streaming and answer.get("Content-Type", "").startswith("text/html"):
            answer.content = DIRECTIONS.sub(b"", answer.content)
        return answer

    monkeypatch.setattr(Client, "request", undirected)


@pytest.fixture(autouse=True)
def _pictures_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "run", remembered_pictures.run)


atexit.register(lambda: settings.configured and shutil.rmtree(settings.FILES, ignore_errors=True))


if connection.vendor == "sqlite":

    @pytest.fixture(scope="session")
    def django_db_setup(pytestconfig: pytest.Config, django_test_environment: None, django_db_blocker) -> None:
        """In memory, as pytest-django makes it, but migrated only when no kept database will do."""
        with django_db_blocker.unblock():
            kept_database.fill_memory(pytestconfig.cache.mkdir("migrated"))


# --- Tests that commit for real end by emptying the database. What the migrations put there (groups, the review,
# the home page) is put back, so that the next test starts from it whichever process it runs in.

_migrated: dict[str, str] = {}


def _commits_for_real(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))


@pytest.fixture
def _as_migrated(django_db_setup: None, django_db_blocker) -> None:
    if not _migrated:
        with django_db_blocker.unblock():
            rows = json.loads(connection.creation.serialize_db_to_string())
            rows.sort(
                key=lambda row: row["model"] != "contenttypes.contenttype"
            )  # other rows look them up as they load
            _migrated["contents"] = json.dumps(rows)


# First, because the choice by marker (-m) comes next.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "journeys":
            item.add_marker(pytest.mark.journey)
        if item.get_closest_marker("django_db") or "django_db_setup" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.database)
        if _commits_for_real(item):
            item.fixturenames.insert(0, "_as_migrated")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    result = yield
    if _commits_for_real(item) and _migrated and nextitem is not None:  # after the last, the database is gone
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True, reset_sequences=False)
            ContentType.objects.clear_cache()
            connection.creation.deserialize_db_from_string(_migrated["contents"])
            ContentType.objects.clear_cache()
    return result


@pytest.fixture
def work() -> Callable[[], int]:
    """Lets a worker empty the queue, jobs that jobs ring for included. Returns how many ran; a failed job fails
    the test."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )

    def run() -> int:
        done = 0
        while (job := DBTaskResult.objects.ready().first()) is not None:
            job.claim("tests")
            worker.run_task(job)
            job.refresh_from_db()
            assert job.status == "SUCCESSFUL", job.traceback
            done += 1
        return done

    return run


@pytest.fixture
def shared() -> Path:
    """The folder of real photographs and attack files beside the project."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED
