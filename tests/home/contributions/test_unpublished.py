"""No page of the admin tells a contributor the title of what is not published, however it is asked for."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Page

from home.news.models import ArticlePage, NewsIndexPage
from tests.factories.news import make_article
from tests.factories.people import UserFactory, editor
from tests.home.contributions.test_contributions import form, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Our First Technician in Residence"


@pytest.fixture
def embargoed() -> ArticlePage:
    later = timezone.now() + dt.timedelta(days=3)
    return make_article(title=SECRET, slug="first-in-residence", embargo_until=later)


@pytest.fixture
def changed() -> Page:
    """On the site under one title, and about to get another."""
    page = make_article(title="An open story")
    page.title = SECRET
    page.save_revision()
    return page


@pytest.fixture
def client():
    return signed_in(UserFactory(groups=["Contributors"]))


def test_what_was_chosen_before_has_no_title(client, embargoed):
    answer = client.get(f"/admin/choose-page/chosen-multiple/?id={embargoed.pk}")
    assert SECRET not in answer.content.decode()


def test_a_form_that_holds_its_number_does_not_say_its_title(client, embargoed):
    chosen = {
        "chosen_related-count": "1",
        "chosen_related-0-type": "article",
        "chosen_related-0-order": "0",
        "chosen_related-0-deleted": "",
        "chosen_related-0-value": str(embargoed.pk),
    }
    add = f"/admin/pages/add/news/articlepage/{NewsIndexPage.objects.get().pk}/"
    refused = client.post(add, form(title="", **chosen))
    assert SECRET not in refused.content.decode()
    kept = client.post(add, form(**chosen), follow=True)
    assert kept.status_code == 200
    written = ArticlePage.objects.get(slug="nights")
    assert SECRET not in client.get(f"/admin/pages/{written.pk}/edit/").content.decode()


def test_a_link_in_a_paragraph_does_not_say_its_address(embargoed):
    writer = UserFactory(groups=["Contributors"])
    text = f'<p>Read <a linktype="page" id="{embargoed.pk}">what comes next</a>.</p>'
    written = make_article(by=writer, publish=False, body=[("paragraph", text)])
    for address in (f"/admin/pages/{written.pk}/edit/", f"/admin/pages/{written.pk}/view_draft/"):
        page = signed_in(writer).get(address).content.decode()
        assert "what comes next" in page
        assert "first-in-residence" not in page, address


def test_a_page_that_is_being_changed_keeps_its_public_title(client, changed):
    index = NewsIndexPage.objects.get().pk
    for address in (
        f"/admin/pages/{index}/",
        f"/admin/choose-page/{index}/",
        f"/admin/api/main/pages/?child_of={index}",
    ):
        answer = client.get(address).content.decode()
        assert SECRET not in answer, address
        assert "An open story" in answer, address
    assert SECRET in signed_in(editor()).get(f"/admin/pages/{index}/").content.decode()


@pytest.mark.parametrize("number", ["abc", "", "99999999999999999999", "1.5"])
def test_numbers_that_are_none_are_not_found(client, number):
    admin = signed_in(editor())
    for address in (
        f"/admin/choose-page/chosen-multiple/?id={number}",
        f"/admin/images/chooser/chosen-multiple/?id={number}",
        f"/admin/snippets/choose/people/department/chosen-multiple/?id={number}",
        f"/admin/bulk/wagtailcore/page/move/?id={number}",
    ):
        assert admin.get(address).status_code == 404, address
    assert admin.get("/admin/pages/99999999999999999999/edit/").status_code == 404
