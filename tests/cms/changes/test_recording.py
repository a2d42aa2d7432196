"""Every public change gets a number, in the order in which readers can see it."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cms.changes.models import Change, How, KindVersion
from cms.changes.recording import PublicChange, record_all
from gallery.enums import EXHIBIT
from gallery.models.exhibits import Exhibit
from gallery.services import exhibits
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory


@pytest.mark.django_db
def test_numbers_go_up_by_one_with_every_change():
    now = timezone.now()
    start = record_all(EXHIBIT, now=now)
    last = record_all(
        EXHIBIT,
        [PublicChange("AAA", How.UPSERT, shared=True), PublicChange("BBB", How.REMOVED, shared=False)],
        now=now,
    )
    assert last == start + 2
    assert list(Change.objects.values_list("number", "key", "how", "shared")) == [
        (start + 1, "AAA", "upsert", True),
        (start + 2, "BBB", "removed", False),
    ]


@pytest.mark.django_db
def test_totals_are_exact_and_count_only_what_may_travel():
    exhibition = make_exhibition(slug="in-the-making")
    hands, made = CategoryFactory(slug="hands"), CategoryFactory(slug="made")
    chem = DepartmentFactory(slug="chem")
    make_exhibit(exhibition, category=hands, department=chem)
    make_exhibit(exhibition, category=made, department=chem)
    make_exhibit(exhibition, category=made, department=chem, is_shared=False)
    make_exhibit(exhibition, category=made, department=chem, expires_at=timezone.now() - dt.timedelta(hours=1))
    assert KindVersion.objects.get(kind=EXHIBIT).totals == {
        "": 2,
        "exhibition:in-the-making": 2,
        "category:hands": 1,
        "category:made": 1,
        "department:chem": 2,
        "exhibition:in-the-making|category:hands": 1,
        "exhibition:in-the-making|category:made": 1,
    }


@pytest.mark.django_db
def test_the_version_changes_when_a_date_passes_before_anybody_tends():
    now = timezone.now()
    exhibition = make_exhibition()
    make_exhibit(exhibition, expires_at=now + dt.timedelta(hours=1))
    current = KindVersion.objects.get(kind=EXHIBIT)
    assert current.next_at == now + dt.timedelta(hours=1)
    before = current.version(now)
    assert current.version(now + dt.timedelta(minutes=59)) == before
    assert current.version(now + dt.timedelta(hours=1)) != before


@pytest.mark.django_db
def test_renaming_a_department_reaches_its_exhibits(work):
    department = DepartmentFactory(name="Chemistry")
    exhibition = make_exhibition()
    ours, other = make_exhibit(exhibition, department=department), make_exhibit(exhibition)
    before = KindVersion.objects.get(kind=EXHIBIT).number
    department.name = "Chemical Sciences"
    department.save()
    work()
    ours.refresh_from_db()
    assert '"name":"Chemical Sciences"' in ours.document
    assert "chemical sciences" in ours.search_text
    assert [change.key for change in Change.objects.filter(number__gt=before)] == [ours.public_id]
    assert other.updated_at == Exhibit.objects.get(pk=other.pk).updated_at


@pytest.mark.django_db
def test_refreshing_what_is_true_already_changes_nothing():
    make_exhibit(make_exhibition())
    before = KindVersion.objects.get(kind=EXHIBIT).number
    assert exhibits.refresh(Exhibit.objects.all()) == 0
    assert KindVersion.objects.get(kind=EXHIBIT).number == before


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_get_two_numbers_in_commit_order():
    """On PostgreSQL, where two transactions really overlap."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    now = timezone.now()
    record_all(EXHIBIT, now=now)
    first_holds, second_started = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            record_all(EXHIBIT, [PublicChange("AAA", How.UPSERT, shared=True)], now=now)
            first_holds.set()
            second_started.wait(5)
        connection.close()

    def second() -> None:
        first_holds.wait(5)
        second_started.set()
        record_all(EXHIBIT, [PublicChange("BBB", How.UPSERT, shared=True)], now=now)
        connection.close()

    threads = [threading.Thread(target=target) for target in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert list(Change.objects.values_list("key", flat=True)) == ["AAA", "BBB"]
