import csv
import json
import re
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import Http404

from cms.images.views import content_disposition, private_file_response, tidy_name
from tests.images.conftest import SHARED

# Those of the attack list, so that they are tried without it too, and some more.
NAMES = [
    "../../../../etc/passwd.jpg",
    "photo\u202egpj.exe",
    "é" * 200 + ".jpg",
    ".jpg",
    "photo",
    "CON.jpg",
    "-rf.jpg",
    "x.php%20.jpg",
    'a"b.jpg',
    "<script>alert(1)</script>.jpg",
    "写真 – Ωmega №5.jpg",
    "C:\\Users\\me\\x.jpg",
    "a\r\nSet-Cookie: x=1.jpg",
    "\0",
    "",
    "....",
]


def attack_names() -> list[str]:
    manifest = SHARED / "hostile" / "FILENAMES.tsv"
    if not manifest.exists():
        return []
    with manifest.open() as rows:
        # The names are JSON, so the tab-separated reader must leave their quotes alone.
        return [json.loads(row["filename_json"]) for row in csv.DictReader(rows, delimiter="\t", quoting=3)]


@pytest.mark.parametrize("name", NAMES + attack_names())
def test_any_name_makes_a_safe_header(name):
    header = content_disposition(name, "image/jpeg")
    assert header.isascii()
    assert header.isprintable()
    assert re.fullmatch(r"attachment; filename=\"[\w ()+,&-]+\.jpg\"(; filename\*=UTF-8''[\w.%~-]+\.jpg)?", header)
    told = unquote(header.rpartition("''")[2]) if "''" in header else header.split('"')[1]
    assert told == tidy_name(name, "image/jpeg")
    assert len(told.encode()) <= 255
    assert ".." not in told
    assert told.count(".") == 1
    assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)\.", told)


def test_names_stay_as_people_wrote_them_where_that_is_safe():
    assert tidy_name("Signing in the noise (2).JPG", "image/jpeg") == "Signing in the noise (2).jpg"
    assert tidy_name("写真 – Ωmega №5.jpg", "image/heic") == "写真 – Ωmega №5.heic"
    assert tidy_name("e\u0301te\u0301.jpg", "image/jpeg") == "été.jpg"
    assert tidy_name("shell.php.jpg", "image/jpeg") == "shell-php.jpg"
    assert tidy_name("C:\\Users\\me\\x.tiff", "image/tiff") == "x.tif"
    assert tidy_name(".jpg", "image/jpeg") == "photograph.jpg"
    assert content_disposition("été.jpg", "image/jpeg") == (
        "attachment; filename=\"ete.jpg\"; filename*=UTF-8''%C3%A9t%C3%A9.jpg"
    )


@pytest.mark.django_db  # closing a response makes Django look at its connections
def test_a_private_file_is_streamed_and_stays_out_of_caches():
    name = storages["private"].save("masters/one.jpg", ContentFile(b"bytes"))
    response = private_file_response("private", name, content_type="image/jpeg", download_name="My lab.jpg")
    assert b"".join(response.streaming_content) == b"bytes"
    response.close()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'attachment; filename="My lab.jpg"'
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Length"] == "5"


@pytest.mark.django_db  # closing a response makes Django look at its connections
def test_without_a_name_it_is_shown_in_the_page():
    name = storages["private"].save("previews/one.jpg", ContentFile(b"bytes"))
    response = private_file_response("private", name, content_type="image/jpeg")
    response.close()
    assert response["Content-Disposition"] == "inline"


def test_nginx_is_told_where_the_file_is(settings):
    settings.PRIVATE_ACCEL_PREFIX = "/_private/"
    response = private_file_response("private", "masters/a b é.jpg", content_type="image/jpeg")
    assert response["X-Accel-Redirect"] == "/_private/masters/a%20b%20%C3%A9.jpg"
    assert response.content == b""
    assert response["Cache-Control"] == "no-store, private"


def test_a_missing_file_is_not_found():
    with pytest.raises(Http404):
        private_file_response("private", "masters/none.jpg", content_type="image/jpeg")
