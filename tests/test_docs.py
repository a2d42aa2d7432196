"""What the documents name is there."""

import re
from pathlib import Path

import pytest
from wagtail.models import Page, get_page_models

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
#: Folders and files, between backquotes or in a table of rooms.
NAMED = re.compile(r"`((?:bin|cms|deploy|docs|gallery|home|search|tests)/[\w./-]*)`")
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


def test_every_type_of_page_is_listed() -> None:
    rows = re.findall(r"^\| `(\w+)\.` \| (.*) \|$", (ROOT / "docs" / "api.md").read_text(), re.MULTILINE)
    listed = {f"{app}.{name}" for app, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert listed == {model._meta.label for model in get_page_models() if model is not Page}
