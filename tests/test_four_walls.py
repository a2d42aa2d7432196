"""The four walls between the public and what is private, each shown to break when somebody reaches through it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from cms.core.checks import private_models, ways_back
from tests.factories.entries import make_entry
from tests.strangers import PUBLIC_TABLES, PrivateTableTouched, body, only_public_tables, stranger

ROOT = Path(__file__).resolve().parents[1]


# --- 1. Imports


def lint_imports(folder: Path) -> subprocess.CompletedProcess:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy_of_the_tree(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in ("cms", "gallery", "home", "search"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "*.json"))
    return folder


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("gallery/public/views.py", "from gallery.models.entries import Entry"),
        ("gallery/public/views.py", "from gallery.services import hanging"),
        ("gallery/models/exhibits.py", "from gallery.models.consents import PicturedPerson"),
        ("search/views.py", "from gallery.models.masters import Master"),
        ("home/pages/models/home_page.py", "from gallery.permissions import may_see"),
        ("cms/core/models.py", "import gallery.enums"),
        (
            "home/development/models/mentoring_scheme_page.py",
            "from home.applications.models import MentoringApplication",
        ),
        # The list of models brings the private ones along.
        ("home/pages/models/home_page.py", "from gallery.models import Exhibit"),
        # Modules that no contract names.
        ("home/news/newsroom.py", "from gallery.models.entries import Entry"),
        ("home/news/newsroom.py", "from gallery.services import hanging"),
        ("gallery/public/embeds.py", "from gallery.models.reports import Report"),
        ("home/pages/models/home_page.py", "from home.demo.seed import run"),
        ("cms/labels.py", "import django"),
        ("home/newsletter.py", "import django"),
        # Up, from one feature into another.
        ("home/news/views.py", "from home.events.models import EventPage"),
        ("home/blocks/latest_news.py", "from home.news.models import ArticlePage"),
        # Circles.
        ("gallery/models/exhibits.py", "from gallery.public.wall import index"),
        ("cms/jobs/registry.py", "from cms.changes import recording"),
        ("cms/core/areas.py", "from cms.core import context"),
    ],
)
def test_public_code_cannot_import_private_models(copy_of_the_tree, module, line):
    path = copy_of_the_tree / module
    honest = path.read_text() if path.exists() else None
    path.write_text(f"{line}\n{honest or ''}")
    try:
        answer = lint_imports(copy_of_the_tree)
    finally:
        if honest is None:
            path.unlink()
        else:
            path.write_text(honest)
    assert answer.returncode == 1, answer.stdout
    assert "BROKEN" in answer.stdout


def test_the_tree_keeps_its_contracts(copy_of_the_tree):
    answer = lint_imports(copy_of_the_tree)
    assert answer.returncode == 0, answer.stdout


# --- 2. Relations


def test_no_relation_leads_back_to_a_private_row():
    assert [f"{model.__name__}.{name}" for model in private_models() for name in ways_back(model)] == []


def test_private_models_are_the_ones_we_think():
    assert sorted(model.__name__ for model in private_models()) == [
        "Backup",
        "Entry",
        "Interest",
        "JobFailure",
        "Link",
        "Master",
        "MentoringApplication",
        "Message",
        "NetworkMember",
        "Nudge",
        "OwedLine",
        "PicturedPerson",
        "Purge",
        "Report",
        "ReviewDecision",
        "Suggestion",
        "Technician",
        "TimerClock",
        "WorkerProcess",
    ]


def test_a_relation_with_a_way_back_is_found():
    from cms.core.models import PrivateModel

    try:

        class Gossip(PrivateModel):
            about = models.ForeignKey("gallery.Exhibit", on_delete=models.CASCADE)
            quietly = models.ForeignKey("gallery.Exhibit", on_delete=models.CASCADE, related_name="+")

            class Meta:
                app_label = "gallery"

        assert ways_back(Gossip) == ["about"]
    finally:
        apps.all_models["gallery"].pop("gossip", None)
        apps.clear_cache()


# --- 3. SQL


def test_no_private_table_is_on_the_public_list():
    private = {model._meta.db_table for model in private_models()}
    assert private & PUBLIC_TABLES == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "reach",
    [
        lambda: list(apps.get_model("gallery", "Entry").objects.all()),
        lambda: apps.get_model("people", "User").objects.count(),
        lambda: apps.get_model("wagtailcore", "Revision").objects.exists(),
        lambda: list(
            apps.get_model("gallery", "Exhibit").objects.extra(where=["EXISTS (SELECT 1 FROM gallery_master)"])
        ),
    ],
)
def test_touching_a_private_table_is_seen(reach):
    with only_public_tables(), pytest.raises(PrivateTableTouched):
        reach()


# --- 4. Files


@pytest.mark.django_db
def test_private_files_have_no_path(work):
    entry = make_entry("hung")
    work()
    entry.master.refresh_from_db()
    client = stranger()
    for name in (entry.master.file.name, entry.master.preview.name):
        for path in (
            f"/media/{name}",
            f"/media/../private/{name}",
            f"/media/%2e%2e/private/{name}",
            f"/media/..%2fprivate%2f{name}",
            f"/private/{name}",
            f"/static/{name}",
            f"/var/private/{name}",
        ):
            assert client.get(path).status_code == 404, path
        with pytest.raises(ValueError, match="Private files have no address"):
            entry.master.file.storage.url(name)


@pytest.mark.django_db
def test_public_files_do_have_one():
    """So that the refusals above are not simply a broken view."""
    from gallery.models.exhibits import Exhibit

    make_entry("hung")
    key = Exhibit.objects.get().sources[0]["key"]
    answer = stranger().get(f"/media/{key}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/avif")
    assert body(answer)[4:12] == b"ftypavif"
    assert answer["X-Content-Type-Options"] == "nosniff"
    seconds = sum(
        int(number) for number in re.findall(r"(?:max-age|stale-while-revalidate)=(\d+)", answer["Cache-Control"])
    )
    assert 0 < seconds <= 60


@pytest.mark.django_db
def test_files_are_for_the_sites_user_and_its_group_alone(settings):
    """nginx is in the group. The world is not, whatever umask the site was started with."""
    umask = os.umask(0)
    try:
        make_entry("hung")
    finally:
        os.umask(umask)
    for root in (settings.PRIVATE_ROOT, settings.MEDIA_ROOT):
        found = [root, *root.rglob("*")]
        modes = {(path.is_dir(), oct(path.stat().st_mode & 0o7777)) for path in found}
        assert modes == {(True, "0o750"), (False, "0o640")}
