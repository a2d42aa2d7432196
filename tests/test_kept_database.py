"""A kept database may stand in for a migrated one only while its name tells all that migrating depends on."""

import ast
import re
from pathlib import Path

import pytest

from gallery.models.exhibits import Exhibit
from tests import kept_database
from tests.kept_database import (
    CALLED,
    KEPT,
    NAMED,
    OURS,
    ROOT,
    called_files,
    facts,
    forget_older,
    key,
    migration_files,
    sources,
)


def unfollowed(source: str) -> list[str]:
    """Imports of ours that the name of a kept database would not tell."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    lines = [source.splitlines()[node.lineno - 1] for node in nodes]
    ours = [line for line in lines if line.split()[1].partition(".")[0] in OURS]
    return [line for line in ours if not (NAMED.fullmatch(line) or CALLED.fullmatch(line))]


def test_what_migrations_import_is_followed() -> None:
    for file in [*migration_files(), *called_files()]:
        assert unfollowed(file.read_text()) == [], file


@pytest.mark.parametrize(
    "line", ["    from cms.core import pages", "from cms.core import (\n    fields,\n)", "import cms.core as c"]
)
def test_an_import_that_is_not_followed_is_found(line: str) -> None:
    assert unfollowed(f"if 1:\n    pass\n{'def make():' if line[0] == ' ' else ''}\n{line}")


def test_nothing_of_ours_listens_to_migrating() -> None:
    files = [file for package in OURS for file in (ROOT / package).rglob("*.py")]
    patient = ROOT / "cms/core/signal_handlers.py"  # how long migrating waits for a lock, and no row
    assert [file for file in files if re.search("(post|pre)_migrate", file.read_text())] == [patient]


def test_the_name_is_the_same_in_every_process() -> None:
    assert not any(" at 0x" in fact for fact in facts())


def test_the_modules_that_migrations_name_and_call_are_in_it() -> None:
    wanted = ("cms/core/fields.py", "home/contributions/first_rows.py", "cms/core/migration_tools.py")
    assert {ROOT / path for path in wanted} <= set(sources())


def test_a_model_makes_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    monkeypatch.setattr(Exhibit._meta, "permissions", [("dust_exhibit", "Can dust")])
    assert key() != before


def test_a_package_makes_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    monkeypatch.setattr(kept_database, "packages", lambda: ["Django-6.dist-info 1"])
    assert key() != before


def test_a_setting_makes_another_name(settings) -> None:
    before = key()
    settings.LANGUAGE_CODE = "cy"
    assert key() != before


def test_old_ones_go(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.sqlite3" for number in range(KEPT + 2)]
    for file in files:
        file.touch()
    forget_older(tmp_path)
    assert len(list(tmp_path.iterdir())) == KEPT
