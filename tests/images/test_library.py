import io
import json
from base64 import b64decode

import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form, get_image_multi_form
from wagtail.models import Collection

from cms.images import encode, library
from cms.images.library import make_ladder
from cms.images.models import ContentLicence, PortalImage
from cms.images.validate import PhotoRefused
from tests.images import builders
from tests.images.test_encode import foreign_tags, needs_exiftool
from tests.images.thumbhash_decoder import decode

pytestmark = pytest.mark.django_db

WORDS = {
    "title": "Test rig",
    "alt_text": "A rig with two lamps.",
    "creator": "Zoë Żółć",
    "credit": "Photo: Zoë Żółć, Calderwick University",
    "licence": ContentLicence.CC_BY,
}


def image(data: bytes | None = None, **fields: object) -> PortalImage:
    data = builders.secretive(width=800, height=500) if data is None else data
    return PortalImage.objects.create(file=ContentFile(data, name="IMG_0001.JPG"), **{**WORDS, **fields})


def public_keys() -> set[str]:
    """Every file in public storage."""
    storage, found, folders = storages["public"], set(), [""]
    while folders:
        folder = folders.pop()
        if storage.exists(folder or "."):
            inner, files = storage.listdir(folder or ".")
            folders += [f"{folder}/{name}".strip("/") for name in inner]
            found |= {f"{folder}/{name}".strip("/") for name in files}
    return found


def public_bytes(key: str) -> bytes:
    with storages["public"].open(key) as file:
        return file.read()


@pytest.fixture
def made(work, django_capture_on_commit_callbacks):
    """Make a picture, and let the worker make its public files."""

    def make(*args: object, **fields: object) -> PortalImage:
        with django_capture_on_commit_callbacks(execute=True):
            one = image(*args, **fields)
        work()
        one.refresh_from_db()
        return one

    return make


def test_the_project_uses_our_model():
    assert get_image_model() is PortalImage


def test_an_original_is_private_nameless_and_upright():
    one = image(builders.turned(6))
    assert (one.width, one.height) == (600, 400)
    assert one.file.storage is storages["private"]
    folder, _, name = one.file.name.partition("/")
    assert folder == "library"
    assert name.endswith(".jpg")
    assert len(name) == 36
    assert "IMG" not in name
    with pytest.raises(ValueError, match="no address"):
        _ = one.file.url
    assert (one.file_size, len(one.file_hash)) == (len(builders.turned(6)), 40)
    assert one.colour.startswith("#")
    assert public_keys() == set()


def test_the_true_extension_is_kept_whatever_the_name():
    assert image(builders.photo(kind="PNG")).file.name.endswith(".png")


def test_a_bad_file_is_refused_before_anything_is_stored():
    with pytest.raises(PhotoRefused):
        image(b"<svg onload=alert(1)>")
    assert PortalImage.objects.count() == 0


def test_the_worker_makes_what_pages_need(made):
    one = made()
    picture = one.as_api()
    assert (picture["width"], picture["height"]) == (800, 500)
    assert picture["alt"] == "A rig with two lamps."
    assert picture["credit"] == "Photo: Zoë Żółć, Calderwick University"
    assert [(source["type"], source["width"], source["height"]) for source in one.sources] == [
        (mime, width, height)
        for width, height in ((800, 500), (640, 400), (320, 200))
        for mime in ("image/avif", "image/jpeg")
    ]
    for source in one.sources:
        data = public_bytes(source["key"])
        assert len(data) == source["bytes"]
        assert builders.CANARY.encode() not in data
        opened = Image.open(io.BytesIO(data))
        assert opened.size == (source["width"], source["height"])
    assert decode(b64decode(picture["placeholder"]))[0] == 32
    assert json.loads(json.dumps(picture)) == picture
    assert not PortalImage.objects.unmade().exists()


def test_a_picture_still_being_made_says_so(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rings:
        one = image()
    assert len(rings) == 1
    assert one.as_api()["sources"] == []
    assert one.as_api()["colour"] != ""
    assert list(PortalImage.objects.unmade()) == [one]


def test_making_twice_changes_nothing(made):
    one = made()
    before = public_keys()
    make_ladder(image_id=one.pk)
    make_ladder(image_id=999_999)
    assert public_keys() == before


def test_new_words_reach_the_public_files(made, work, django_capture_on_commit_callbacks):
    one = made()
    before = public_keys()
    one.alt_text = "Another description"
    with django_capture_on_commit_callbacks(execute=True):
        one.save()
    with django_capture_on_commit_callbacks(execute=True):
        work()
    one.refresh_from_db()
    assert not before & public_keys()
    assert set(one.sources.keys) == public_keys()
    assert b"Another description" in public_bytes(one.sources.keys[0])


def test_saving_without_change_rings_nobody(made, django_capture_on_commit_callbacks):
    one = made()
    with django_capture_on_commit_callbacks() as rings:
        one.save()
        one.save(update_fields=["title"])
    assert rings == []


def test_a_picture_that_goes_meanwhile_leaves_nothing(monkeypatch, django_capture_on_commit_callbacks):
    one = image()

    def ladder_of_a_deleted_picture(file, *, credit):
        yield from original_ladder(file, credit=credit)
        PortalImage.objects.filter(pk=one.pk).delete()

    original_ladder = encode.ladder
    monkeypatch.setattr(encode, "ladder", ladder_of_a_deleted_picture)
    with django_capture_on_commit_callbacks(execute=True):
        library.make_ladder(image_id=one.pk)
    assert public_keys() == set()


def test_a_ladder_that_breaks_half_way_leaves_nothing(monkeypatch):
    one = image()

    def broken_ladder(file, *, credit):
        yield next(original_ladder(file, credit=credit))
        raise PhotoRefused.because("damaged")

    original_ladder = encode.ladder
    monkeypatch.setattr(encode, "ladder", broken_ladder)
    with pytest.raises(PhotoRefused):
        library.make_ladder(image_id=one.pk)
    assert public_keys() == set()


def test_deleting_takes_every_file_along(made, work, django_capture_on_commit_callbacks):
    one = made()
    one.get_rendition("max-165x165")
    original = one.file.name
    assert len(public_keys()) == 7
    with django_capture_on_commit_callbacks(execute=True):
        PortalImage.objects.filter(pk=one.pk).delete()
    work()
    assert public_keys() == set()
    assert not storages["private"].exists(original)


def test_silence_instead_of_a_file_name():
    one = image(alt_text="", description="", credit="")
    assert one.default_alt_text == ""
    assert one.as_api()["alt"] == ""
    assert one.as_api()["credit"] == "Photo: Zoë Żółć"


@pytest.mark.parametrize(
    ("spec", "size", "mime"),
    [
        ("width-400", (400, 250), "image/jpeg"),
        ("max-165x165", (165, 103), "image/jpeg"),
        ("fill-200x200|format-webp", (200, 200), "image/webp"),
        ("original|format-avif|avifquality-40", (800, 500), "image/avif"),
        ("width-300|format-png", (300, 187), "image/png"),
        ("fill-100x80-c100|jpegquality-30|bgcolor-ff0000", (100, 80), "image/jpeg"),
        ("width-300|format-gif", (300, 187), "image/jpeg"),
    ],
)
def test_renditions_are_public_clean_and_right(spec, size, mime):
    rendition = image().get_rendition(spec)
    assert rendition.file.storage is storages["public"]
    assert (rendition.width, rendition.height) == size
    assert rendition.url.startswith("/media/renditions/")
    data = public_bytes(rendition.file.name)
    assert Image.open(io.BytesIO(data)).get_format_mimetype() == mime
    assert builders.CANARY.encode() not in data
    assert b"A rig with two lamps." in data
    assert rendition.alt == "A rig with two lamps."


@needs_exiftool
def test_no_rendition_tells_where_or_with_what(tmp_path):
    from cms.images.encode import Encoded

    one = image()
    data = [
        public_bytes(one.get_rendition(f"width-300|format-{kind}").file.name)
        for kind in ("jpeg", "png", "webp", "avif")
    ]
    for tags in foreign_tags([Encoded("image/x", 0, 0, each) for each in data], tmp_path):
        assert {name.split(":")[0] for name in tags} <= {
            *("XMP-dc", "XMP-photoshop", "XMP-xmpRights", "XMP-iptcCore", "IPTC", "PNG", "RIFF"),
        }


def test_several_renditions_at_once():
    found = image().get_renditions("width-100", "width-200|format-webp")
    assert [rendition.width for rendition in found.values()] == [100, 200]


def test_no_rendition_is_larger_than_a_screen(made):
    one = image(builders.photo(3000, 1000))
    assert (one.width, one.height) == (3000, 1000)
    original = one.get_rendition("original")
    assert (original.width, original.height) == (2400, 800)


def test_the_focal_point_is_where_the_editor_put_it():
    one = image(
        builders.turned(8), focal_point_x=540, focal_point_y=60, focal_point_width=80, focal_point_height=80
    )
    shown = Image.open(io.BytesIO(public_bytes(one.get_rendition("fill-100x100-c100|format-png").file.name)))
    assert np.abs(np.asarray(shown.convert("RGB"), int)[50, 50] - (40, 160, 60)).max() <= 6


def upload(data: bytes, name: str = "IMG_1.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=kind)


def form_for(data: bytes, name: str = "IMG_1.jpg", **words: object):
    fields = {"collection": Collection.get_first_root_node().pk, "tags": "", **WORDS, **words}
    return get_image_form(PortalImage)(fields, {"file": upload(data, name)})


def test_the_form_takes_pictures_by_content():
    form = form_for(builders.photo(kind="HEIF"), "holiday.php")
    assert form.is_valid(), form.errors
    one = form.save()
    assert one.file.name.endswith(".heic")
    assert (one.width, one.height) == (600, 400)
    assert one.alt_text == "A rig with two lamps."


def test_the_form_refuses_in_words():
    form = form_for(builders.vast_png())
    (message,) = form.errors["file"]
    assert message.startswith("This picture has 900 megapixels (30,000 × 30,000); the most we can take in a PNG")
    assert form.errors.as_data()["file"][0].code == "too-many-pixels"


def test_the_form_shows_what_it_takes_and_what_it_wants():
    form = get_image_form(PortalImage)()
    assert form.fields["file"].help_text == "JPEG, PNG, TIFF, WebP, AVIF or HEIC, up to 40 MB."
    assert "image/heic" in form.fields["file"].widget.attrs["accept"]
    assert "description" not in form.fields
    assert "file" not in get_image_multi_form(PortalImage)().fields


def test_replacing_the_file_replaces_everything(made, work, django_capture_on_commit_callbacks):
    one = made()
    old_keys, old_file = public_keys(), one.file.name
    fields = {"collection": one.collection_id, "tags": "", **WORDS}
    form = get_image_form(PortalImage)(
        fields, {"file": upload(builders.photo(500, 700, "PNG"))}, instance=PortalImage.objects.get(pk=one.pk)
    )
    assert form.is_valid(), form.errors
    with django_capture_on_commit_callbacks(execute=True):
        form.save()
    with django_capture_on_commit_callbacks(execute=True):
        work()
    one.refresh_from_db()
    assert (one.width, one.height) == (500, 700)
    assert one.file.name.endswith(".png")
    assert not storages["private"].exists(old_file)
    assert not old_keys & public_keys()
    assert public_keys() == set(one.sources.keys)


def test_the_admin_uploads_and_edits(admin_client, django_capture_on_commit_callbacks, work):
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(
            reverse("wagtailimages:add_multiple"),
            {"title": "Rig", "files[]": upload(builders.secretive(width=800, height=500))},
            headers={"x-requested-with": "XMLHttpRequest"},
        )
    told = answer.json()
    assert told["success"] is True
    one = PortalImage.objects.get()
    work()
    page = admin_client.get(reverse("wagtailimages:edit", args=[one.pk]))
    assert page.status_code == 200
    assert "800x500" in page.content.decode()
    refused = admin_client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Trap", "files[]": upload(builders.vast_png(), "x.png", "image/png")},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert refused.json()["success"] is False
    assert "900 megapixels" in refused.json()["error_message"]
    assert admin_client.get(reverse("wagtailimages:index")).status_code == 200


def test_another_title_makes_nothing_anew(made, django_capture_on_commit_callbacks):
    one = made()
    one.title = "Found again under another name"
    with django_capture_on_commit_callbacks() as rings:
        one.save()
    assert rings == []
