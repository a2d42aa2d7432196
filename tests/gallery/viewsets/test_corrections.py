"""The screens on which words are put right, sent as the page renders them."""

import pytest
from django.test import Client

from gallery.models.corrections import Suggestion
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.models.reviews import ReviewDecision
from tests.factories.entries import make_entry
from tests.factories.exhibitions import CategoryFactory
from tests.factories.people import curator, editor, moderator
from tests.gallery.desk.forms import desk_url, signed_in
from tests.rendered_forms import forms_of

pytestmark = pytest.mark.django_db


def correct_url(entry: Entry) -> str:
    return f"/admin/snippets/gallery/entry/correct/{entry.pk}/"


def rendered(text: str, holding: str) -> dict[str, str]:
    """What a browser would send of the form that holds this, untouched."""
    (form,) = [form for form in forms_of(text, "/") if holding in str(form.form)]
    return {name: values[0] for name, values in form.data().items()}


def test_it_is_reached_from_the_review_and_says_what_it_says_now():
    entry = make_entry("hung", tags=["glass", "night shift"])
    client = signed_in(moderator())
    assert f'href="{correct_url(entry)}"' in client.get(f"/admin/snippets/gallery/entry/edit/{entry.pk}/").text
    fields = rendered(client.get(correct_url(entry)).text, 'value="correct"')
    fields.pop("csrfmiddlewaretoken", None)
    assert fields == {
        "seen": str(entry.latest_revision_id),
        "title": "Four Necks",
        "caption": entry.caption,
        "alt_text": entry.alt_text,
        "long_description": "",
        "technique": entry.technique,
        "tags": "glass, night shift",
        "category": entry.category.slug,
        "reason": "",
    }


@pytest.mark.parametrize("who", [moderator, curator])
def test_a_typo_on_the_wall_is_put_right(who):
    entry = make_entry("hung", title="Fuor Necks")
    client = signed_in(who())
    fields = rendered(client.get(correct_url(entry)).text, 'value="correct"')
    answer = client.post(
        correct_url(entry), fields | {"title": "Four Necks", "reason": "A typo.", "action": "correct"}
    )
    assert answer.status_code == 302
    assert "are put right" in client.get(answer["Location"]).text
    assert Exhibit.objects.get().title == "Four Necks"


def test_a_category_that_the_edition_has_dropped_stays_unless_somebody_changes_it():
    entry = make_entry("hung")
    entry.exhibition.categories.set([CategoryFactory(name="Another")])
    entry.exhibition.save()
    client = signed_in(moderator())
    fields = rendered(client.get(correct_url(entry)).text, 'value="correct"')
    client.post(correct_url(entry), fields | {"title": "Six", "reason": "Counted.", "action": "correct"})
    assert (Exhibit.objects.get().title, Exhibit.objects.get().category) == ("Six", entry.category)


def test_what_is_refused_keeps_every_word():
    entry = make_entry("hung")
    client = signed_in(moderator())
    fields = rendered(client.get(correct_url(entry)).text, 'value="correct"')
    answer = client.post(correct_url(entry), fields | {"caption": "Seven, I say.", "action": "correct"})
    assert answer.status_code == 422
    assert "Please give a reason." in answer.text
    assert rendered(answer.text, 'value="correct"')["caption"] == "Seven, I say."
    assert client.post(correct_url(entry), fields | {"action": "publish"}).status_code == 400


def test_it_is_for_those_who_look_after_photographs_and_never_for_their_own():
    mo = moderator()
    own, waiting = make_entry("hung", photographer=mo, by=moderator()), make_entry("in-review")
    assert signed_in(mo).get(correct_url(own)).status_code == 404
    assert signed_in(mo).get(correct_url(waiting)).status_code == 404
    assert signed_in(editor()).get(correct_url(make_entry("hung"))).status_code == 404
    assert Client().get(correct_url(own)).status_code == 302


def test_from_the_desk_to_the_wall():
    entry = make_entry("hung")
    owner, staff = signed_in(entry.photographer), signed_in(moderator())
    page = owner.get(desk_url(entry)).text
    assert f'href="{desk_url(entry, "suggest/")}"' in page
    fields = rendered(owner.get(desk_url(entry, "suggest/")).text, "Suggest these words")
    assert set(fields) - {"csrfmiddlewaretoken"} == {
        "title",
        "caption",
        "alt_text",
        "technique",
        "category",
        "reason",
    }
    missing = owner.post(desk_url(entry, "suggest/"), fields | {"title": "Five Necks"})
    assert (missing.status_code, "what was wrong" in missing.text) == (422, True)
    sent = owner.post(desk_url(entry, "suggest/"), fields | {"title": "Five Necks", "reason": "I counted again."})
    assert sent["Location"] == desk_url(entry)
    assert "Look at the words you suggested" in owner.get(desk_url(entry)).text
    assert Exhibit.objects.get().title == "Four Necks"

    assert f'href="{correct_url(entry)}"' in staff.get("/admin/").text
    page = staff.get(correct_url(entry)).text
    assert "<del>Four Necks</del> <ins>Five Necks</ins>" in page
    fields = rendered(page, 'value="decline"')
    assert fields["title"] == "Five Necks"
    staff.post(correct_url(entry), fields | {"reason": "Thank you.", "action": "correct"})
    assert Exhibit.objects.get().title == "Five Necks"
    assert Suggestion.objects.waiting().count() == 0
    assert "Words put right" in owner.get(desk_url(entry)).text


def test_a_suggestion_is_left_with_a_word():
    entry = make_entry("approved")
    owner, staff = signed_in(entry.photographer), signed_in(curator())
    fields = rendered(owner.get(desk_url(entry, "suggest/")).text, "Suggest these words")
    owner.post(desk_url(entry, "suggest/"), fields | {"title": "Five", "reason": "Counted."})
    fields = rendered(staff.get(correct_url(entry)).text, 'value="decline"')
    assert staff.post(correct_url(entry), fields | {"action": "decline"}).status_code == 422
    assert (
        staff.post(correct_url(entry), fields | {"reason": "It has four.", "action": "decline"}).status_code == 302
    )
    assert Entry.objects.get().title == "Four Necks"


@pytest.mark.parametrize("state", ["draft", "in-review", "refused", "withdrawn"])
def test_nothing_is_suggested_before_it_is_cleared(state):
    entry = make_entry(state)
    owner = signed_in(entry.photographer)
    assert "suggest/" not in owner.get(desk_url(entry)).text
    assert owner.get(desk_url(entry, "suggest/"))["Location"] == desk_url(entry)
    assert signed_in(moderator()).get(desk_url(entry, "suggest/")).status_code == 404


def test_a_changed_name_is_corrected_on_the_same_screen():
    entry = make_entry("hung")
    client = signed_in(moderator())
    fields = rendered(client.get(correct_url(entry)).text, 'value="rename"')
    assert fields["name"] == entry.photographer_name
    missing = client.post(correct_url(entry), fields | {"name": "Samira New", "action": "rename"})
    assert (missing.status_code, "Please give a reason." in missing.text) == (422, True)
    done = client.post(
        correct_url(entry), fields | {"name": "Samira New", "reason": "Married.", "action": "rename"}
    )
    assert "1 photograph says the new name" in client.get(done["Location"]).text
    assert Exhibit.objects.get().photographer_name == "Samira New"
    assert ReviewDecision.objects.of(entry).last().reason == "Married."
