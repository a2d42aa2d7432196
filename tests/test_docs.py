"""What the documents name is there."""

import re
from pathlib import Path

import pytest
from wagtail.models import Page, get_page_models

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
#: Folders and files, between backquotes or in a table of rooms.
NAMED = re.compile(r"`((?:bin|cms|deploy|docs|gallery|home|search|tests)/[\w./-]*)`")
#: A test of a file.
TESTED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LINKED = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")
#: Made by following the step they stand in.
EXAMPLES = {
    "home/technicians/models/loan_page.py",
    "home/technicians/templates/technicians/loan_page.html",
    "tests/home/technicians/test_loans.py",
    "home/blocks/map.py",
    "home/blocks/templates/blocks/map.html",
}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_named_exists(document: Path) -> None:
    text = document.read_text()
    paths = [ROOT / path for path in NAMED.findall(text) if path not in EXAMPLES]
    links = [document.parent / path for path in LINKED.findall(text)]
    assert [str(path) for path in [*paths, *links] if not path.exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_tests_that_are_named_exist(document: Path) -> None:
    named = TESTED.findall(document.read_text())
    assert [(file, test) for file, test in named if f"\ndef {test}(" not in (ROOT / file).read_text()] == []


def test_odd_content_names_a_test_for_each_of_its_kinds() -> None:
    lines = (ROOT / "docs" / "odd-content.md").read_text().splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| what happened")]
    assert (len(rows), [row for row in rows if not TESTED.search(row)]) == (20, [])


def test_every_type_of_page_is_listed() -> None:
    rows = re.findall(r"^\| `(\w+)\.` \| (.*) \|$", (ROOT / "docs" / "api.md").read_text(), re.MULTILINE)
    listed = {f"{app}.{name}" for app, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert listed == {model._meta.label for model in get_page_models() if model is not Page}
