"""A cache in front of the site is told what to forget: by the worker, everything, and until it has listened."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends import BaseBackend

from cms.changes import purging
from cms.changes.models import Purge
from cms.jobs.periodic import tend
from gallery.models.exhibits import Exhibit
from gallery.services import curating, entries, exhibits, hanging, rehanging
from tests.factories.entries import make_entry
from tests.factories.people import curator

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


class Recorder(BaseBackend):
    """A cache that remembers what it was told; out of order, it raises as ours do."""

    told: list[str] = []
    out_of_order = False

    def purge(self, url: str) -> None:
        if self.out_of_order:
            raise TimeoutError("no answer")
        self.told.append(url)


@pytest.fixture
def cache(settings, monkeypatch) -> type[Recorder]:
    monkeypatch.setattr(Recorder, "told", [])
    monkeypatch.setattr(Recorder, "out_of_order", False)
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": f"{__name__}.Recorder", "HOSTNAMES": ["portal.example", "media.example"]}
    }
    return Recorder


def expected(exhibit: Exhibit) -> set[str]:
    key, wall = exhibit.public_id, f"exhibitions/{exhibit.exhibition.slug}/"
    paths = {
        "",
        "exhibitions/",
        wall,
        f"{wall}{key}-four-necks/",
        "api/gallery/v1/changes/",
        "api/gallery/v1/exhibitions/",
        f"api/gallery/v1/{wall}",
        "api/gallery/v1/exhibits/",
        f"api/gallery/v1/exhibits/{key}/",
        "api/v2/exhibits/",
        f"api/v2/exhibits/{key}/",
        *(f"media/{source['key']}" for source in exhibit.sources),
    }
    return {f"https://portal.example/{path}" for path in paths}


def files_of(exhibit: Exhibit) -> list[str]:
    return sorted(f"https://portal.example/media/{source['key']}" for source in exhibit.sources)


@pytest.fixture
def hung(cache, work) -> Exhibit:
    make_entry("hung")
    work()
    exhibit = Exhibit.objects.get()
    assert set(cache.told) == expected(exhibit)
    cache.told.clear()
    return exhibit


def test_nothing_is_written_down_where_no_cache_is_set_up(work):
    entry = make_entry("hung")
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    work()
    assert Purge.objects.count() == 0


def test_the_click_itself_tells_nothing(cache, hung, work):
    entry = entries.Entry.objects.get()
    hanging.take_down(entry=entry, by=curator(), reason="The roof leaks above it.", now=timezone.now())
    assert cache.told == []
    work()
    assert set(cache.told) == expected(hung)
    assert Purge.objects.count() == 0


def test_files_are_forgotten_again_once_they_are_deleted(cache, hung, work):
    """In between, the cache could have fetched them once more."""
    entry = entries.Entry.objects.get()
    entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
    purging.send_due()
    assert sorted(url for url in cache.told if "/media/" in url) == files_of(hung)
    cache.told.clear()
    hanging.sweep(entry_id=entry.pk)
    purging.send_due()
    assert sorted(cache.told) == files_of(hung)


def test_expiring_refreshing_arranging_and_rehanging_tell_it(cache, hung, work):
    entry = entries.Entry.objects.get()
    hung.department.name = "Glassblowing"
    hung.department.save()
    exhibits.refresh(Exhibit.objects.all())
    work()
    assert set(cache.told) == expected(hung)

    cache.told.clear()
    curating.arrange(entry=entry, by=curator(), now=timezone.now(), wall_order=7)
    work()
    assert set(cache.told) == expected(hung)

    cache.told.clear()
    rehanging.rehang()
    work()
    assert set(cache.told) == expected(hung)
    again = Exhibit.objects.get()

    cache.told.clear()
    now = timezone.now()
    Exhibit.objects.update(expires_at=now)
    tend(now=now)
    work()
    assert set(cache.told) == expected(again)


def test_files_at_another_host_are_forgotten_there(cache, settings, work):
    settings.MEDIA_URL = "https://media.example/"
    make_entry("hung")
    work()
    keys = [source["key"] for source in Exhibit.objects.get().sources]
    assert sorted(url for url in cache.told if "media" in url) == sorted(
        f"https://media.example/{key}" for key in keys
    )


def test_a_cache_that_does_not_listen_is_told_again_later_each_time(cache):
    cache.out_of_order = True
    make_entry("hung")
    now = timezone.now()
    for tries, wait in enumerate((1, 2, 4), start=1):
        assert purging.send_due(now=now) == 0
        purge = Purge.objects.get()
        assert (purge.tries, purge.next_try_at) == (tries, now + wait * MINUTE)
        assert tend(now=purge.next_try_at - dt.timedelta(seconds=1))["purges"] == 0
        assert Purge.objects.get().tries == tries
        now = purge.next_try_at
    cache.out_of_order = False
    assert tend(now=now)["purges"] == 1
    assert set(cache.told) == expected(Exhibit.objects.get())
    assert Purge.objects.count() == 0


def test_two_workers_do_not_tell_the_same_at_once(cache):
    make_entry("hung")
    now = timezone.now()
    Purge.objects.update(next_try_at=now + MINUTE, tries=1)
    assert purging.send_due(now=now) == 0
    assert cache.told == []


def test_many_addresses_are_told_in_portions(cache, monkeypatch):
    monkeypatch.setattr(purging, "AT_ONCE", 4)
    make_entry("hung")
    assert [len(purge.addresses) for purge in Purge.objects.all()] == [4, 4, 4, 1]
    purging.send_due()
    assert set(cache.told) == expected(Exhibit.objects.get())
