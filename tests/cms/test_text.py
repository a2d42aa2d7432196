"""Text from people: clean in every field whatever way it comes in, folded one way for every search."""

import json

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import StreamField

from cms.core.text import MadeTextField, clean, fold, name_slug, one_of_each, says
from gallery.models.entries import Entry
from gallery.models.exhibits import ExhibitLabel
from home.news.models import ArticlePage
from search.models import Synonym
from tests.factories.news import make_article

BAD = "a\x00\x02\x0e\x1b\x7f\x9f\u200b\ufeff\u202e\u2066\ud800\ue000\ufdd0\uffff\U0010fffez"
FAMILY = "👩\u200d🔬"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (BAD, "az"),
        (
            "First line\x0bsecond\x0cthird\x85fourth\u2028fifth\r\nsixth\rseventh",
            "\n".join("First line,second,third,fourth,fifth,sixth,seventh".split(",")),
        ),
        (
            f"{FAMILY} 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
            f"{FAMILY} 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        ),
        ("می\u200cخواهم א\u200f ב", "می\u200cخواهم א\u200f ב"),
        ("a\tb\nc", "a\tb\nc"),
    ],
)
def test_what_nothing_can_carry_is_taken_out_and_what_names_need_stays(typed: str, kept: str) -> None:
    assert clean(typed) == kept
    assert clean(kept) == kept


def test_no_field_of_text_is_left_out() -> None:
    """A new field of any model of any app cleans, unless it says that it holds what we made."""
    made, line, long = [], "a b c", "a\nb\tc"
    for field in (field for model in apps.get_models() for field in model._meta.local_fields):
        if isinstance(field, MadeTextField):
            made.append(str(field))
        elif isinstance(field, models.CharField):
            assert field.get_prep_value("a\nb\tc\x02") == line, field
        elif isinstance(field, models.TextField):
            assert field.get_prep_value("a\x0bb\tc\x02") == long, field
        elif isinstance(field, models.JSONField) and type(field).__name__ != "SourcesField":
            assert field.get_prep_value({"k\x02": ["a\x02", 1, None]}) == {"k": ["a", 1, None]}, field
        elif isinstance(field, StreamField):
            assert field.get_prep_value([{"type": "x", "value": "a\x02"}]) == [{"type": "x", "value": "a"}], field
    assert made == ["gallery.Exhibit.document", "gallery.Exhibit.card"]


def test_every_way_into_the_database_cleans(db) -> None:
    saved = Synonym.objects.create(words="one\x02", means="two\x0bthree")
    assert (saved.words, saved.means) == ("one", "two three")  # whoever goes on with it has the clean one
    Synonym.objects.bulk_create([Synonym(words="four\x02", means="x")])
    Synonym.objects.filter(words="four\x02").update(means="y\x02")
    changed = Synonym.objects.get(words="four")
    changed.words = "five\x02"
    Synonym.objects.bulk_update([changed], ["words"])
    assert list(Synonym.objects.values_list("words", "means")) == [("five", "y"), ("one", "two three")]


def test_blocks_and_drafts_are_cleaned(db) -> None:
    article = make_article(body=[("heading", "Soft\x0breturn \ud83d")])
    article.title = "Soft\x0breturn"
    article.save_revision().publish()
    stored = ArticlePage.objects.get()
    assert (stored.title, stored.body.raw_data[0]["value"]) == ("Soft return", "Soft\nreturn ")
    assert stored.latest_revision.content["title"] == "Soft return"
    json.dumps(stored.latest_revision.content, ensure_ascii=False).encode()


class TalkForm(forms.Form):
    title = forms.CharField(max_length=12)
    words = forms.CharField(widget=forms.Textarea, max_length=3)
    secret = forms.CharField(widget=forms.PasswordInput, strip=False)


def test_forms_judge_what_is_kept() -> None:
    form = TalkForm({"title": " Soft\x0breturn\x00 ", "words": "a\r\nb", "secret": " \x02 "})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"title": "Soft return", "words": "a\nb", "secret": " \x02 "}
    blank = TalkForm({"title": "\u200d\u3164 \u200b", "words": "\ufeff", "secret": "s"})
    assert set(blank.errors) == {"title", "words"}


def test_a_model_judges_what_is_kept() -> None:
    synonym = Synonym(words="\x02" * 100 + "x" * 80, means="y")
    synonym.clean_fields()
    assert synonym.words == "x" * 80
    with pytest.raises(ValidationError):
        Synonym(words="\x02", means="y").clean_fields()


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Łukasz Wrońiecka", "lukasz wroniecka"),
        ("Trần Mai Anh Đặng", "tran mai anh dang"),
        ("Siobhán Ní Dhuibhir", "siobhan ni dhuibhir"),
        ("Søren Æbelø Ðorðe Þór", "soren aebelo dorde thor"),
        ("Işıl İnci Çağlar", "isil inci caglar"),
        ("Straße œuvre", "strasse oeuvre"),
        ("O’Brien ﬁnd Ｗｉｄｅ co\u00adop", "o'brien find wide coop"),
        ("Ines\u0302 in\u0302e\u0302s", "ines ines"),
        ("가각 がか", "가각 がか"),
    ],
)
def test_names_are_found_without_their_marks(typed: str, plain: str) -> None:
    assert fold(typed) == plain
    assert fold(plain) == plain
    assert says(f"and {typed}.", plain)
    assert says(f"and {plain}.", typed)


def test_words_are_found_at_their_beginning_and_scripts_without_spaces_anywhere() -> None:
    assert says("Inês mends machines", "ines")
    assert not says("lines of machines", "ines")
    assert says("显微镜下的世界", "世界")
    assert says("显微镜下的世界", "显微镜")
    assert not says("显微镜下的世界", "界世")
    assert says("night-shift", "night shift")
    assert not says("cat", "c")
    assert says("cat", " ")
    assert not says("cat", '"')


def test_names_have_an_address_of_their_own() -> None:
    assert [name_slug(name) for name in ("glass", "Glass", "naïve", "naive", "Łódź", "R & D")] == [
        *("glass", "glass", "naive", "naive", "lodz", "r-d")
    ]
    different = ["C", "C++", "C#", "日本語", "中国", "🔬", "日本 lab", "中国 lab", "lab", "..", "x" * 150]
    slugs = [name_slug(name) for name in different]
    assert len(set(slugs)) == len(different)
    assert all(slug and slug == name_slug(slug) for slug in slugs)
    for slug in slugs:
        ExhibitLabel._meta.get_field("slug").clean(slug, None)
    assert one_of_each(["glass", "Glass", "C", "C++", "", "naïve", "naive", "c"]) == ["glass", "C", "C++", "naïve"]


def test_an_entry_keeps_no_half_of_a_character(db) -> None:
    assert Entry._meta.get_field("tags").get_prep_value(["a\ud800"]) == ["a"]
