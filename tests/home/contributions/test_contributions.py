"""Contributors write, editors decide. No way round, and every decision has a name."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, Task, WorkflowState

from cms.jobs.periodic import tend
from cms.mail.models import Message
from home.news.models import ArticlePage, NewsIndexPage
from tests.factories.news import make_article
from tests.factories.people import UserFactory, editor

pytestmark = pytest.mark.django_db


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form(title: str = "Nights", **more: str) -> dict[str, str]:
    """What the page editor sends."""
    fields = {
        "title": title,
        "slug": "nights",
        "standfirst": "Why I like them.",
        "kind": "first-person",
        "tier": "voices",
        "date": "2026-11-20",
        "licence": "cc-by-nc-sa-4.0",
        "body-count": "0",
        "lead_picture-count": "0",
        "chosen_related-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    return fields | more


@pytest.fixture
def writer():
    return UserFactory(name="Inês", groups=["Contributors"])


@pytest.fixture
def sent_in(writer) -> ArticlePage:
    """Through the editor's own form."""
    add = f"/admin/pages/add/news/articlepage/{NewsIndexPage.objects.get().pk}/"
    answer = signed_in(writer).post(add, form(**{"action-submit": "yes"}), follow=True)
    assert answer.status_code == 200
    assert "we usually reply within five working days" in answer.content.decode()
    return ArticlePage.objects.get(slug="nights")


def test_what_is_sent_in_waits_for_an_editor(sent_in: ArticlePage, writer) -> None:
    assert not sent_in.live
    assert sent_in.owner == writer
    assert sent_in.current_workflow_state.status == "in_progress"
    assert Client().get("/news/nights/").status_code == 404


def test_a_contributor_cannot_publish_whichever_address_they_try(sent_in: ArticlePage, writer) -> None:
    client, index = signed_in(writer), NewsIndexPage.objects.get()
    step = sent_in.current_workflow_task_state
    past = "2020-01-01 09:00"
    approve = {"action-workflow-action": "yes", "workflow-action-name": "approve"}
    copy = {"new_title": "C", "new_slug": "c", "new_parent_page": str(index.pk), "publish_copies": "on"}
    tries = [
        (f"/admin/pages/add/news/articlepage/{index.pk}/", form(slug="straight", **{"action-publish": "yes"})),
        (f"/admin/pages/{sent_in.pk}/edit/", form(**{"action-publish": "yes", "go_live_at": past})),
        (f"/admin/pages/workflow/action/{sent_in.pk}/approve/{step.pk}/", {"comment": "Fine"}),
        (f"/admin/pages/{sent_in.pk}/edit/", form(**approve)),
        (f"/admin/bulk/wagtailcore/page/publish/?id={sent_in.pk}", {}),
        (f"/admin/pages/{sent_in.pk}/copy/", copy),
        (f"/admin/pages/{sent_in.pk}/convert_alias/", {}),
        ("/api/v2/pages/", {"title": "By API"}),
        (f"/api/v2/pages/{sent_in.pk}/", {"live": "true"}),
        (f"/admin/api/main/pages/{sent_in.pk}/action/publish/", {}),
    ]
    for address, sent in tries:
        client.post(address, sent)
        assert not ArticlePage.objects.live().exists(), address
    assert client.put(f"/api/v2/pages/{sent_in.pk}/", "{}", content_type="application/json").status_code == 405


def test_an_editor_approves_and_the_record_names_them(sent_in: ArticlePage, writer) -> None:
    dele = editor(name="Dele")
    step = sent_in.current_workflow_task_state
    signed_in(dele).post(f"/admin/pages/workflow/action/{sent_in.pk}/approve/{step.pk}/", {"comment": ""})
    sent_in.refresh_from_db()
    assert sent_in.live
    step.refresh_from_db()
    assert (step.status, step.finished_by) == ("approved", dele)
    assert PageLogEntry.objects.get(page=sent_in.pk, action="wagtail.workflow.approve").user == dele
    assert Client().get("/news/nights/").status_code == 200


def test_an_editor_sends_it_back_with_a_reason_and_it_comes_again(sent_in: ArticlePage, writer) -> None:
    dele = editor()
    step = sent_in.current_workflow_task_state
    sent = {"comment": "Please name the room."}
    signed_in(dele).post(f"/admin/pages/workflow/action/{sent_in.pk}/reject/{step.pk}/", sent)
    step.refresh_from_db()
    assert (step.status, step.finished_by, step.comment) == ("rejected", dele, "Please name the room.")
    again = signed_in(writer).post(f"/admin/pages/{sent_in.pk}/edit/", form(**{"action-submit": "yes"}))
    assert again.status_code == 302
    assert WorkflowState.objects.get(object_id=str(sent_in.pk)).status == "in_progress"


def test_nothing_approves_by_itself(sent_in: ArticlePage) -> None:
    """However long it waits, the timer only reminds; and a step has nothing to set besides its groups."""
    WorkflowState.objects.update(created_at=timezone.now() - dt.timedelta(days=400))
    tend()
    assert not ArticlePage.objects.live().exists()
    task = Task.objects.get(name="an editor’s reading").specific
    assert set(type(task).admin_form_fields) == {"name", "groups"}


def test_editors_are_reminded_once_when_it_waits_too_long(sent_in: ArticlePage, mailoutbox) -> None:
    dele = editor(name="Dele")
    WorkflowState.objects.update(created_at=timezone.now() - dt.timedelta(days=4))
    assert tend()["editors reminded"] == 0
    WorkflowState.objects.update(created_at=timezone.now() - dt.timedelta(days=12))
    assert tend()["editors reminded"] == 1
    assert tend()["editors reminded"] == 0
    mails = Message.objects.filter(user=dele)
    assert [mail.subject for mail in mails] == ["A contribution is waiting: Nights"]
    assert "within five working days" in mailoutbox[-1].body


def test_the_dashboard_says_how_old_the_queue_is(sent_in: ArticlePage, writer) -> None:
    WorkflowState.objects.update(created_at=timezone.now() - dt.timedelta(days=12))
    text = signed_in(editor()).get("/admin/").content.decode()
    assert "1 waiting, the oldest 12 days." in text
    assert "overdue" in text
    assert 'id="contributions"' not in signed_in(writer).get("/admin/").content.decode()


def test_a_contributor_sees_no_titles_of_others_unpublished_pages(writer) -> None:
    make_article(title="SECRET-TITLE", publish=False)
    make_article(title="SECRET-EMBARGO", embargo_until=timezone.now() + dt.timedelta(days=1))
    mine = make_article(title="My draft", publish=False, by=writer)
    index = NewsIndexPage.objects.get()
    client = signed_in(writer)
    addresses = (
        f"/admin/pages/{index.pk}/",
        f"/admin/choose-page/{index.pk}/?page_type=news.ArticlePage",
        "/admin/choose-page/search/?q=SECRET",
        f"/admin/api/main/pages/?child_of={index.pk}&for_explorer=1",
        f"/admin/api/main/pages/?child_of={index.pk}",
        "/admin/pages/search/?q=SECRET",
        "/admin/",
    )
    for address in addresses:
        assert "SECRET-" not in client.get(address, follow=True).content.decode(), address
    assert "My draft" in client.get(addresses[0]).content.decode()
    assert client.get(f"/admin/pages/{mine.pk}/edit/").status_code == 200
