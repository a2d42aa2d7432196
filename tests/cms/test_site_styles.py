"""Every public page has one style sheet. The foyer's screen, the admin and the APIs' browser have their own."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string

from cms.core.site_styles import COMMENT, FOLDER, SHEETS, SITE

ROOT = Path(__file__).resolve().parents[2]
APART = {"slideshow", "admin", "review", "api"}
MOST_SHEETS, MOST_LINES, MOST_LINES_EACH = 16, 5000, 400
#: Widths at which a layout may change; those below end a hundredth earlier.
BREAKPOINTS = {"30", "40", "48", "60", "64", "29.99", "39.99", "47.99", "59.99"}
CLASS = re.compile(r"\.([a-z][\w-]*)")
#: Classes of Wagtail's own markup.
WAGTAILS = {"w-dashboard", "w-header", "nice-padding"}
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(", re.IGNORECASE)
SIZE = re.compile(r"font-size: ([^;]+);|font: ([^;]+?)(?: / [^;]+)?;")
#: A font size is a token, or follows from what stands around it.
FROM_TOKENS = re.compile(
    r"(?:(?:italic|400|600) )*"
    r"(?:var\(--[a-z0-9-]+\)|inherit|0\.9em|max\(0\.\d+em, var\(--size-[a-z]\)\))(?: .*)?"
)


def rules(name: str) -> str:
    return COMMENT.sub("", (FOLDER / f"{name}.css").read_text())


def test_every_sheet_has_its_place():
    assert len(SHEETS) == len(set(SHEETS))
    lines = {path.stem: len(path.read_text().splitlines()) for path in FOLDER.glob("*.css")}
    assert set(lines) == {*SHEETS, *APART}
    assert [name for name, number in lines.items() if number > MOST_LINES_EACH] == []
    assert len(lines) <= MOST_SHEETS
    assert sum(lines.values()) <= MOST_LINES


def test_colours_sizes_and_widths_come_from_the_tokens():
    elements = rules("base").split("@layer elements {")[1]
    found = []
    for name, text in {"elements": elements, **{name: rules(name) for name in SHEETS if name != "base"}}.items():
        found += [f"{name}: colour {match[0]}" for match in COLOUR.finditer(text)]
        sizes = [first or second for first, second in SIZE.findall(text)]
        found += [f"{name}: size {size}" for size in sizes if not FROM_TOKENS.fullmatch(size)]
        widths = re.findall(r"\((?:min|max)-width: ([\d.]+)rem\)", text)
        found += [f"{name}: width {width}rem" for width in widths if width not in BREAKPOINTS]
        found += [f"{name}: width in {unit}" for unit in re.findall(r"\((?:min|max)-width: [\d.]+(px|em)\)", text)]
    assert found == []


def test_every_class_of_a_rule_is_named_where_markup_is_made():
    """In a template, script or view: as it is, or by its beginning, which something completes."""
    apps = [ROOT / app for app in ("cms", "gallery", "home", "search")]
    text = "".join(
        path.read_text() for app in apps for end in ("html", "js", "py") for path in app.rglob(f"*.{end}")
    )
    named, begun = set(re.findall(r"[a-z][\w-]*", text)), tuple(re.findall(r"\b([a-z][\w-]*-)\{", text))
    classes = {name for sheet in {*SHEETS, "slideshow", "review", "admin"} for name in CLASS.findall(rules(sheet))}
    assert {name for name in classes - named - WAGTAILS if not name.startswith(begun)} == set()


def test_the_sheets_are_joined_in_their_order(tmp_path, settings):
    path = finders.find(SITE)
    joined = Path(path).read_text()
    sheets = [COMMENT.sub("", (FOLDER / f"{sheet}.css").read_text()) for sheet in SHEETS]
    assert joined == "\n".join(sheets)
    assert "*/" not in joined
    assert finders.find("cms/css/none.css") is None
    Path(path).write_text("an earlier one")
    assert Path(finders.find(SITE)).read_text() == joined
    settings.STATIC_ROOT = tmp_path / "collected"
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (settings.STATIC_ROOT / SITE).read_text() == joined


def test_a_page_names_the_one_sheet():
    """A template that named another would bring it a second time, or in another order."""
    assert render_to_string("frame/head.html").count('rel="stylesheet"') == 1
    naming = {
        path.name
        for app in ("cms", "gallery", "home", "search")
        for path in (ROOT / app).rglob("*.html")
        if 'rel="stylesheet"' in path.read_text()
    }
    assert naming == {"head.html", "500.html", "slideshow.html", "review_base.html", "swagger.html"}
