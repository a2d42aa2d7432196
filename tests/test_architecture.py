"""What the import contracts cannot see: modules and models looked up by a string, and imports out of sight."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("cms", "gallery", "home", "search")
LOOKUPS = {"get_model", "import_string", "import_module", "resolve_model_string", "__import__"}
#: What migrations share is given the models as they were.
ALLOWED = {"cms/core/migration_tools.py: get_model", "home/contributions/first_rows.py: get_model"}


def sources(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Migrations stay out: they have to look models up as they were."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(root)), path.read_text()


def lookups(source: str) -> list[str]:
    """Names of look-ups that are called, however they were imported."""
    called = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = [func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in called]
    return [name for name in names if name in LOOKUPS]


def unexplained_imports(source: str) -> list[str]:
    """Lines that import inside a function or a condition without a reason beside them."""
    lines = source.splitlines()
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    inside = ["".join(lines[node.lineno - 1 : node.end_lineno]).strip() for node in nodes if node.col_offset]
    return [line for line in inside if not line.partition("#")[2].replace("noqa: F401", "").strip()]


def test_nothing_is_looked_up_by_a_string() -> None:
    assert {f"{path}: {name}" for path, source in sources() for name in lookups(source)} - ALLOWED == set()


@pytest.mark.parametrize(
    "line",
    [
        'apps.get_model("home", "EventPage")',
        'import_string("gallery.services.hanging.hang")',
        'importlib.import_module("gallery.services")',
    ],
)
def test_a_look_up_is_found(line: str) -> None:
    assert len(lookups(f"def view():\n    return {line}.objects")) == 1


def test_an_import_out_of_sight_says_why() -> None:
    assert [f"{path}: {line}" for path, source in sources() for line in unexplained_imports(source)] == []


def test_a_silent_import_is_found() -> None:
    source = "def view():\n    import json\n    import csv  # a slow import\n    import re  # noqa: F401\n"
    assert unexplained_imports(source) == ["import json", "import re  # noqa: F401"]


def test_no_two_blocks_share_a_name() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path, source in sources():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Block"):
                homes[node.name].append(path)
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}
