"""“Where is this used?”: of private rows neither a name nor a number, and nothing goes that they stand on."""

import pytest
from django.db import connection
from django.test import Client
from wagtail.models import ReferenceIndex

from cms.core.checks import private_models
from cms.people.models import Department
from gallery.models.entries import Entry
from gallery.models.exhibitions import Category, ExhibitionPage
from tests.factories.entries import make_entry
from tests.factories.exhibitions import CategoryFactory
from tests.factories.people import administrator, editor

pytestmark = pytest.mark.django_db


def signed_in(user: object) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.mark.parametrize("make", [editor, administrator])
def test_usage_neither_names_nor_counts_what_is_private(make, work, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        entries = [make_entry(state) for state in ("draft", "in-review", "refused")]
        department = Department.objects.get(pk=entries[0].department_id)
        Entry.objects.update(department=department)
        for entry in Entry.objects.all():
            entry.save()
    work()
    client = signed_in(make())
    page = client.get(f"/admin/snippets/people/department/usage/{department.pk}/").content.decode()
    assert "rivate entry" not in page
    edit = client.get(f"/admin/snippets/people/department/edit/{department.pk}/").content.decode()
    assert "Used 0 times" in edit
    assert not any(ReferenceIndex.model_is_indexable(model) for model in private_models())


@pytest.mark.parametrize("state", ["draft", "in-review"])
def test_what_private_rows_stand_on_stays(state: str) -> None:
    entry = make_entry(state)
    client = signed_in(administrator())
    for path in (
        f"/admin/snippets/people/department/delete/{entry.department_id}/",
        f"/admin/snippets/gallery/category/delete/{entry.category_id}/",
        f"/admin/pages/{entry.exhibition_id}/delete/",
        f"/admin/pages/{entry.exhibition.get_parent().pk}/delete/",
        f"/admin/bulk/gallery/category/delete/?id={entry.category_id}",
        f"/admin/bulk/wagtailcore/page/delete/?id={entry.exhibition_id}",
    ):
        answer = client.post(path)
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/admin/"), path
        said = client.get("/admin/").content.decode()
        assert "so it cannot be deleted." in said or "so it stays." in said, path
    assert Entry.objects.filter(pk=entry.pk).exists()
    assert Department.objects.exists()
    assert Category.objects.exists()
    assert ExhibitionPage.objects.exists()
    connection.check_constraints()


def test_what_nothing_stands_on_goes() -> None:
    category = CategoryFactory()
    path = f"/admin/snippets/gallery/category/delete/{category.pk}/"
    assert signed_in(administrator()).post(path).status_code == 302
    assert not Category.objects.filter(pk=category.pk).exists()
