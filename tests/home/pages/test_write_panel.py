"""Where writing starts on the admin's first page, and the preview of what is written."""

import pytest
from django.test import Client

from home.news.models import NewsIndexPage
from home.pages.write_panel import starts_of
from tests.factories.news import make_article
from tests.factories.people import UserFactory, curator, editor

pytestmark = pytest.mark.django_db


def test_editors_start_from_the_first_page():
    news = NewsIndexPage.objects.get()
    start = {"what": "News item", "url": f"/admin/pages/add/news/articlepage/{news.pk}/"}
    assert starts_of(editor())[0] == start
    # No place for opportunities yet.
    assert [one["what"] for one in starts_of(editor())] == ["News item", "Event", "Edition of the exhibition"]
    client = Client()
    client.force_login(editor())
    assert f'href="{start["url"]}"' in client.get("/admin/").content.decode()
    assert client.get(start["url"]).status_code == 200


def test_nobody_else_is_told_to_write():
    assert (starts_of(curator()), starts_of(UserFactory())) == ([], [])


def test_a_preview_may_be_framed_by_the_admin():
    article = make_article(publish=False)
    client = Client()
    client.force_login(editor())
    preview = client.get(f"/admin/pages/{article.pk}/edit/preview/")
    assert preview.status_code == 200
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]


def test_the_public_page_may_be_framed_by_nobody():
    answer = Client().get(make_article().address)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
