"""The living page of every component: all of them shown, all classes they name known to the one style sheet."""

import re

import pytest
from bs4 import BeautifulSoup

from cms.core.site_styles import FOLDER as STYLES
from cms.core.site_styles import SHEETS
from home.demo import components
from tests.factories.exhibitions import make_exhibit, make_exhibition

CLASS = re.compile(r"\.([a-z][a-z0-9-]*)")


@pytest.mark.django_db
def test_every_component_is_shown_with_its_markup(client, settings):
    settings.DEMO = True
    exhibit = make_exhibit(make_exhibition(), title="Pour")
    page = BeautifulSoup(client.get("/demo/components/").content, "html.parser")
    assert [heading["id"] for heading in page.select("main section.shelf > div > h2")] == components.ORDER
    assert {path.stem for path in components.FOLDER.glob("*.html")} == set(components.ORDER)
    assert page.select_one(".card-title").get_text() == exhibit.title
    assert page.select_one(".field.wrong .problem").get_text() == "This field is required."
    assert '<dl class="facts">' in page.get_text()


def test_no_component_names_a_class_without_a_rule():
    known = set(CLASS.findall("".join((STYLES / f"{sheet}.css").read_text() for sheet in SHEETS)))
    used = {
        name
        for path in components.FOLDER.glob("*.html")
        for classes in re.findall(r'class="([^"{]+)"', path.read_text())
        for name in classes.split()
    }
    assert len(used) > len(components.ORDER)
    assert used - known == set()
