"""Every public page has one style sheet. The foyer's screen, the admin and the APIs' browser have their own."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string

from cms.core.site_styles import COMMENT, FOLDER, SHEETS, SITE

ROOT = Path(__file__).resolve().parents[2]
APART = {"slideshow", "admin", "review", "review-picture", "api"}
MOST_LINES = 400


def test_every_sheet_has_its_place():
    assert len(SHEETS) == len(set(SHEETS))
    assert {path.stem for path in FOLDER.glob("*.css")} == {*SHEETS, *APART}
    assert [path.name for path in FOLDER.glob("*.css") if len(path.read_text().splitlines()) > MOST_LINES] == []


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
    assert naming == {"head.html", "500.html", "slideshow.html", "review.html", "swagger.html"}
