"""What the pages say of a photograph as soon as it is here."""

import html
import io

import pytest
from PIL import Image

from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory
from tests.factories.photos import jpeg, picture, saved_again, upload, with_comment
from tests.gallery.desk.forms import desk_url, enter_url, signed_in

pytestmark = pytest.mark.django_db


def with_exif(*, artist: str = "", width: int = 120) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Fenwick", "F100"
    exif[0x8298] = "All rights reserved by the lab"
    if artist:
        exif[0x013B] = artist
    exif.get_ifd(0x8769).update({0x9003: "2026:02:17 10:00:00", 0xA434: "Fenwick 60 mm macro", 0x829D: 2.8})
    exif.get_ifd(0x8825).update({1: "N", 2: (57.0, 8.0, 0.0), 3: "W", 4: (2.0, 6.0, 0.0)})
    buffer = io.BytesIO()
    picture(width, width * 2 // 3).save(buffer, "JPEG", quality=90, exif=exif)
    return buffer.getvalue()


def form_after(photo: bytes, *, name: str = "Sam Reed") -> str:
    client = signed_in(UserFactory(name=name))
    response = client.post(enter_url(make_exhibition()), {"photo": upload(photo), "action": "photo"}, follow=True)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_the_form_says_what_the_file_tells_and_what_was_removed():
    page = form_after(with_exif())
    for words in ("Fenwick F100", "Fenwick 60 mm macro", "f/2.8", "17 February 2026"):
        assert f"<dd>{words}</dd>" in page
    assert "<dd>All rights reserved by the lab</dd>" in page
    assert "The file said where you were standing. We removed that from every copy we show." in page
    assert 'value="2026-02-17"' in page
    assert "57" not in page.split("We found this in the file")[1].split("</dl>")[0]


@pytest.mark.parametrize(
    ("artist", "asked"),
    [
        ("", False),
        ("Sam Reed", False),
        ("© REED, Sam 2026", False),
        ("Reed", False),
        ("Jo King", True),
        ("Sam King", True),
        ("<b>Jo</b>", True),
    ],
)
def test_another_maker_is_asked_about_kindly(artist, asked):
    page = form_after(with_exif(artist=artist))
    assert ("Whose picture is it?" in page) is asked


def test_the_makers_name_is_text():
    client = signed_in(UserFactory())
    data = {"photo": upload(with_exif(artist="<b>Jo</b>")), "action": "photo"}
    page = client.post(enter_url(make_exhibition()), data, follow=True).content.decode()
    assert "The file says that &lt;b&gt;Jo&lt;/b&gt; made it." in page
    assert "<b>Jo</b>" not in page


def test_form_and_entry_page_say_whether_it_will_print():
    person = UserFactory()
    entry = make_entry("draft", photographer=person, photo=jpeg(3508, 2480))
    for ending in ("", "edit/"):
        assert (
            "Prints beautifully to A4, acceptable at A3."
            in signed_in(person).get(desk_url(entry, ending)).content.decode()
        )


@pytest.mark.parametrize(
    ("copied", "words"),
    [
        (bytes, "This is the same file as"),
        (with_comment, "This is the same picture as"),
        (saved_again, "This looks like"),
    ],
)
def test_a_copy_of_ones_own_picture_is_pointed_out_and_taken(copied, words):
    person, photo = UserFactory(), jpeg(640, 480, tone=8)
    before = make_entry("in-review", photographer=person, photo=photo)
    when = f"which you sent in on {before.submitted_at:%-d %B %Y}."
    entry = make_entry("draft", photographer=person, photo=copied(photo), title="")
    page = signed_in(person).get(desk_url(entry, "edit/")).content.decode()
    assert f'{words} <a href="{desk_url(before)}">“Four Necks”</a>, {when}' in page


def test_nobody_elses_picture_is_ever_spoken_of():
    photo = jpeg(tone=8)
    for state in ("draft", "in-review", "hung"):
        make_entry(state, photo=photo, title="Somebody Else’s")
    entry = make_entry("draft", photo=photo)
    for ending in ("", "edit/"):
        page = signed_in(entry.photographer).get(desk_url(entry, ending)).content.decode()
        assert "Somebody Else" not in page
        assert "same file as" not in page


def test_what_was_taken_back_is_not_held_against_anyone():
    person, photo = UserFactory(), jpeg(tone=8)
    make_entry("withdrawn", photographer=person, photo=photo)
    entry = make_entry("draft", photographer=person, photo=photo)
    assert "same file as" not in signed_in(person).get(desk_url(entry, "edit/")).content.decode()
