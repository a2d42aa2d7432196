import pytest

pytestmark = pytest.mark.django_db


def test_an_approved_entry_is_hung_once(work):
    from gallery.models.exhibits import Exhibit
    from tests.factories.entries import make_entry

    entry = make_entry("approved")
    assert Exhibit.objects.count() == 0
    work()
    entry.refresh_from_db()
    assert entry.state == "hung"
    assert [exhibit.title for exhibit in Exhibit.objects.all()] == ["Four Necks"]
