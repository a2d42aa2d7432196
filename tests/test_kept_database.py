"""A kept database may stand in for a migrated one only while its name tells all that migrating depends on."""

import ast
from pathlib import Path

import pytest

from gallery.models.exhibits import Exhibit
from tests import kept_database
from tests.kept_database import KEPT, OURS, ROOT, facts, forget_older, key, migration_files, sources


def imports_of_ours(source: str) -> list[str]:
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    lines = [source.splitlines()[node.lineno - 1] for node in nodes]
    return [line for line in lines if line.split()[1].partition(".")[0] in OURS]


def test_migrations_name_modules_of_ours_and_call_none() -> None:
    """As `makemigrations` writes them: a field, a default. What a migration does, it does itself."""
    for file in migration_files():
        lines = imports_of_ours(file.read_text())
        assert [line for line in lines if not kept_database.NAMED.fullmatch(line)] == [], file


@pytest.mark.parametrize("line", ["from home.models import HomePage", "    from cms.core import pages"])
def test_a_migration_that_calls_is_found(line: str) -> None:
    assert not kept_database.NAMED.fullmatch(
        imports_of_ours(f"def make(apps, editor):\n    pass\nif 1:\n  {line}")[0]
    )


def test_nothing_of_ours_listens_to_migrating() -> None:
    files = [file for package in OURS for file in (ROOT / package).rglob("*.py")]
    assert [file for file in files if "post_migrate" in file.read_text() or "pre_migrate" in file.read_text()] == []


def test_the_name_is_the_same_in_every_process() -> None:
    assert not any(" at 0x" in fact for fact in facts())


def test_the_modules_that_migrations_name_are_in_it() -> None:
    assert ROOT / "cms/core/fields.py" in sources()


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
