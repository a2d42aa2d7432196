"""What the review screen knows of the past: pictures sent in before, versions and decisions."""

import pytest
from django.utils import timezone

from gallery.models.reviews import ReviewDecision
from gallery.services import entries
from tests.factories.entries import make_entry
from tests.factories.people import administrator, curator, editor, moderator
from tests.factories.photos import jpeg, saved_again, turned, with_comment
from tests.gallery.viewsets.test_entry_review import signed_in, url

pytestmark = pytest.mark.django_db


def test_a_picture_sent_in_before_is_noticed_and_drafts_stay_private():
    photo = jpeg(tone=77)
    earlier = make_entry("in-review", photo=photo, title="The Earlier One")
    make_entry("draft", photo=photo, title="Somebody’s Secret Draft")
    entry = make_entry("in-review", photo=photo)
    page = signed_in(moderator()).get(url(entry)).content.decode()
    assert "This looks like a picture we have already." in page
    assert url(earlier) in page
    assert "Secret Draft" not in page
    alone = make_entry("in-review", photo=turned(photo))
    assert "This looks like a picture" not in signed_in(moderator()).get(url(alone)).content.decode()


@pytest.mark.parametrize(
    ("copied", "words"),
    [
        (bytes, "the very same file"),
        (with_comment, "the same picture, with other details in its file"),
        (saved_again, "looks alike, perhaps saved again or made smaller"),
    ],
)
def test_a_moderator_reads_how_two_pictures_are_one(copied, words):
    photo = jpeg(640, 480, tone=77)
    earlier = make_entry("in-review", photo=photo, title="The Earlier One")
    entry = make_entry("in-review", photo=copied(photo))
    page = signed_in(moderator()).get(url(entry)).content.decode()
    (line,) = [line for line in page.splitlines() if "The Earlier One" in line and "(in review)" in line]
    assert f'href="{url(earlier)}"' in line
    assert words in line


def test_what_changed_since_the_last_time_stands_side_by_side():
    entry = make_entry("changes-asked", title="Before the change")
    entries.save_words(entry=entry, fields={"title": "After the change"}, now=timezone.now())
    entries.submit(entry=entry, now=timezone.now())
    client = signed_in(moderator())
    page = client.get(url(entry)).content.decode()
    sent = ReviewDecision.objects.filter(entry=entry, decision="submitted").values_list("revision_id", flat=True)
    compare = "/admin/snippets/gallery/entry/history/{}/revisions/compare/{}...{}/".format(entry.pk, *sent)
    assert compare in page
    shown = client.get(compare)
    assert shown.status_code == 200
    assert "Before" in shown.content.decode()
    assert signed_in(editor()).get(compare).status_code == 404
    assert signed_in(curator()).get(compare).status_code == 404


def test_history_is_for_those_who_see_the_entry():
    entry = make_entry("approved", title="The Quiet Weld")
    history = f"/admin/snippets/gallery/entry/history/{entry.pk}/"
    for user in (moderator(), curator(), administrator()):
        page = signed_in(user).get(history)
        assert page.status_code == 200
        assert "Approved" in page.content.decode()
        assert "revert" not in page.content.decode()
    assert signed_in(editor()).get(history).status_code == 404
    waiting = make_entry("in-review")
    assert signed_in(curator()).get(f"/admin/snippets/gallery/entry/history/{waiting.pk}/").status_code == 404
