"""Tables that are taken away, ours and Wagtail's own."""

import csv
import io

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.core.spreadsheets import FORMULA_STARTS, cell
from tests.factories.news import make_article
from tests.factories.people import TechnicianFactory, UserFactory, administrator
from tests.strangers import body

pytestmark = pytest.mark.django_db

REPORTS = [
    "reports/site-history",
    "reports/aging-pages",
    "reports/locked",
    "reports/workflow",
    "reports/workflow_tasks",
    "redirects",
]


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(administrator(name="=ADMIN()"))
    return client


def test_no_view_of_the_admin_writes_lines_of_its_own() -> None:
    def below(kind: type) -> set[type]:
        return {kind, *(one for inner in kind.__subclasses__() for one in below(inner))}

    assert get_resolver().url_patterns  # imports every view
    for view in below(SpreadsheetExportMixin):
        assert view.write_csv_row is SpreadsheetExportMixin.write_csv_row, view
        assert view.stream_csv is SpreadsheetExportMixin.stream_csv, view


@pytest.mark.parametrize("path", REPORTS)
def test_no_cell_begins_like_a_formula(client: Client, path: str) -> None:
    for start in FORMULA_STARTS:
        page = make_article(title=f'{start}HYPERLINK("http://evil.example")', by=UserFactory(name=f"{start}1"))
        page.get_workflow().start(page, UserFactory(name="@SUM(1)"))
        locked_by = UserFactory(name="=1+1")
        Page.objects.filter(pk=page.pk).update(locked=True, locked_by=locked_by, locked_at=timezone.now())
        Redirect.objects.create(old_path=f"/old{page.pk}", redirect_link=f"{start}HYPERLINK(1)")
    answer = client.get(f"/admin/{path}/?export=csv")
    assert answer["Content-Type"] == "text/csv"
    rows = list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig"))))
    assert len(rows) > 1
    assert not [value for row in rows for value in row if value.startswith(FORMULA_STARTS)]


@pytest.mark.parametrize("path", ["snippets/people/technician", "snippets/gallery/entry", "users", "groups"])
def test_a_list_without_columns_to_give_is_not_taken_away(client: Client, path: str) -> None:
    TechnicianFactory()
    answer = client.get(f"/admin/{path}/?export=csv")
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("before", ["", " ", "\n", "\r\n", "\u00a0", "\u3000\t"])
@pytest.mark.parametrize("start", [start for start in FORMULA_STARTS if not start.isspace()])
def test_a_formula_is_words_whatever_blank_stands_before_it(before: str, start: str) -> None:
    words = f"{before}{start}HYPERLINK(1)"
    assert cell(words) == f"'{words}"


@pytest.mark.parametrize("words", ["", "C++", "a=b", "me@x.example", " 1 − 1", "O'Brien", "日本語"])
def test_other_words_stay_as_they_are(words: str) -> None:
    assert cell(words) == words
