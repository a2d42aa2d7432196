"""What comes with an upload and nobody has confirmed: the name of its file, odd letters, forms left half-way."""

import datetime as dt
import json

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import UploadedFile

from cms.images import library
from cms.images.models import PortalImage
from cms.jobs.periodic import tend
from tests.factories.people import UserFactory
from tests.images import builders
from tests.images.test_library import image, public_bytes, public_keys, upload

pytestmark = pytest.mark.django_db

NAMED_BY_CAMERA = "IMG_4711 ward 7 patient"


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("wagtailimages:add_multiple", {"title": NAMED_BY_CAMERA, "files[]": f"{NAMED_BY_CAMERA}.jpg"}),
        ("wagtailimages:add_multiple", {"files[]": f"{NAMED_BY_CAMERA}.jpg"}),
        (
            "wagtailimages_chooser:create",
            {
                "image-chooser-upload-title": NAMED_BY_CAMERA,
                "image-chooser-upload-file": f"{NAMED_BY_CAMERA}.jpg",
                "image-chooser-upload-collection": 1,
                "image-chooser-upload-tags": "",
            },
        ),
    ],
)
def test_the_name_of_a_file_reaches_no_public_byte(name, fields, work, django_capture_on_commit_callbacks):
    editor = Client()
    editor.force_login(UserFactory(is_superuser=True))
    data = builders.secretive(width=800, height=500)
    sent = {key: upload(data, value) if str(value).endswith(".jpg") else value for key, value in fields.items()}
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(reverse(name), sent).status_code == 200
    work()
    one = PortalImage.objects.get()
    assert one.title.startswith(NAMED_BY_CAMERA)  # the editors find it by its name
    for kind in ("jpeg", "png", "webp", "avif"):
        assert one.get_rendition(f"width-300|format-{kind}").alt == ""
    keys = public_keys()
    assert len(keys) > 8
    for word in ("4711", "patient"):
        assert not [key for key in keys if word in key or word.encode() in public_bytes(key)]
        assert word not in json.dumps(one.as_api())


def test_no_word_turns_the_direction_of_others():
    one = image(title="photo\u202egpj.exe", alt_text="A rig\u2066.", creator="\u202dZoë", credit="شذى\u200f")
    assert (one.title, one.alt_text, one.creator, one.credit) == ("photogpj.exe", "A rig.", "Zoë", "شذى\u200f")


def test_an_upload_whose_form_is_never_mended_is_forgotten():
    editor = Client()
    editor.force_login(UserFactory(is_superuser=True))
    data = {"title": "x" * 300, "files[]": upload(builders.photo(), "ward 7 patient.jpg")}
    answer = editor.post(reverse("wagtailimages:add_multiple"), data)
    waiting = UploadedFile.objects.get()
    assert answer.json()["uploaded_file_id"] == waiting.pk
    storage, name = storages["private"], waiting.file.name
    assert tend(now=timezone.now())["unfinished uploads"] == 0
    assert storage.exists(name)
    assert tend(now=timezone.now() + dt.timedelta(days=1, minutes=1))["unfinished uploads"] == 1
    assert not storage.exists(name)
    assert not UploadedFile.objects.exists()


def test_an_upload_without_its_file_is_forgotten_at_once():
    UploadedFile.objects.create(file="wagtail_uploads/gone.jpg")
    assert library.forget_unfinished_uploads(timezone.now()) == 1
    assert not UploadedFile.objects.exists()
