"""How many pictures are opened at once: real processes, and what the forms say when no turn comes."""

import io
import os
import re
import runpy
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.images import formats
from cms.images.models import PortalImage
from cms.images.refusal import PhotoRefused
from cms.images.sandbox import client, slots
from gallery.models.entries import Entry
from tests.factories.exhibitions import make_exhibition
from tests.factories.people import UserFactory
from tests.factories.photos import jpeg, upload
from tests.gallery.desk.forms import enter_url, filled_in, signed_in
from tests.images import builders

ROOT = Path(__file__).resolve().parents[2]
NOW = replace(formats.INSPECTION, patience_seconds=0)
LATER = replace(formats.BACKGROUND, patience_seconds=0)

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="Processes are counted in /proc")


@pytest.fixture(autouse=True)
def own_slots(tmp_path, monkeypatch) -> Path:
    """So that nobody else's work on this machine counts."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def until(true: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def children_of(parents: set[int]) -> list[int]:
    """Bounded processes that these have started and that still run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent in parents and b"cms.images.sandbox" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except (OSError, ValueError):
            continue
    return found


@pytest.fixture
def noise(tmp_path) -> Path:
    path = tmp_path / "noise.jpg"
    path.write_bytes(builders.saved(Image.effect_noise((3000, 2400), 90).convert("RGB"), quality=95))
    return path


INSPECT = """
    import sys
    from dataclasses import replace
    from cms.images import formats
    from cms.images.formats import Limits
    from cms.images.validate import inspect
    formats.INSPECTION = replace(formats.INSPECTION, patience_seconds=120)
    with open(sys.argv[1], "rb") as file:
        print(inspect(file, limits=Limits()).width)
"""
LADDER = """
    import sys
    from cms.images import encode
    from cms.images.credit import Credit
    with open(sys.argv[1], "rb") as file:
        for made in encode.ladder(file, credit=Credit(title="x")):
            print(made.width, flush=True)
"""
HOLD = """
    import sys, time
    from cms.images.formats import INSPECTION
    from cms.images.sandbox import slots
    slots.cores = lambda: 1
    with slots.slot(INSPECTION):
        print("held", flush=True)
        time.sleep(60)
"""


def test_no_more_run_at_once_than_there_are_cores(noise):
    senders = [start(INSPECT, noise) for _ in range(6)]
    most = 0
    while any(sender.poll() is None for sender in senders):
        most = max(most, len(children_of({sender.pid for sender in senders})))
        time.sleep(0.01)
    assert [sender.communicate()[0] for sender in senders] == ["3000\n"] * 6  # each had its turn
    assert 1 <= most <= slots.cores()


def test_a_slot_of_a_killed_process_is_free_at_once(monkeypatch):
    monkeypatch.setattr(slots, "cores", lambda: 1)
    holder = start(HOLD)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(PhotoRefused) as refused, slots.slot(NOW):
        pass
    assert refused.value.code == "busy"
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()
    with slots.slot(NOW):
        pass


def test_a_child_whose_parent_was_killed_keeps_the_slot_until_it_ends(monkeypatch, noise):
    parent = start(LADDER, noise)
    assert until(lambda: bool(children_of({parent.pid})))
    (child,) = children_of({parent.pid})
    monkeypatch.setattr(slots, "cores", lambda: 1)  # the worker's first slot is the only one now
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()
    while Path(f"/proc/{child}").exists():
        held = False
        try:
            with slots.slot(NOW):
                pass
        except PhotoRefused:
            held = True
        if Path(f"/proc/{child}/exe").exists():
            assert held
        time.sleep(0.1)
    with slots.slot(NOW):
        pass


def test_work_takes_every_core_but_one_as_soon_as_a_visitor_waits(monkeypatch):
    monkeypatch.setattr(slots, "cores", lambda: 2)
    with slots.slot(LATER), slots.slot(LATER):
        pass
    with slots.slot(LATER):
        line = slots._try_lock(slots.VISITORS)
        assert line is not None
        with pytest.raises(PhotoRefused), slots.slot(LATER):
            pass
        os.close(line)
        with slots.slot(NOW):
            pass
    monkeypatch.setattr(slots, "cores", lambda: 1)
    with slots.slot(LATER):
        pass


def test_many_uploads_do_not_starve_the_worker(monkeypatch):
    monkeypatch.setattr(slots, "cores", lambda: 2)
    over = threading.Event()

    def upload_again_and_again() -> None:
        while not over.is_set():
            with slots.slot(formats.INSPECTION):
                time.sleep(0.05)

    crowd = [threading.Thread(target=upload_again_and_again) for _ in range(formats.MOST_WAITING)]
    for one in crowd:
        one.start()
    try:
        for _ in range(5):
            with slots.slot(replace(formats.BACKGROUND, patience_seconds=20)):
                time.sleep(0.05)
    finally:
        over.set()
        for one in crowd:
            one.join()


@pytest.mark.parametrize(("script", "allowance"), [(INSPECT, formats.INSPECTION), (LADDER, formats.BACKGROUND)])
def test_a_child_stands_behind_those_who_read_pages(noise, script, allowance):
    parent = start(script, noise)
    assert until(lambda: bool(children_of({parent.pid})))
    (child,) = children_of({parent.pid})
    mine = os.getpriority(os.PRIO_PROCESS, parent.pid)
    assert until(lambda: os.getpriority(os.PRIO_PROCESS, child) == min(19, mine + allowance.niceness))
    parent.kill()
    parent.communicate()


def test_work_nobody_waits_for_stands_behind_what_somebody_waits_for():
    assert 0 < formats.INSPECTION.niceness == formats.ENCODING.niceness < formats.BACKGROUND.niceness


def test_however_many_send_photographs_half_of_the_threads_serve_pages(monkeypatch):
    monkeypatch.setenv("SERVING", "1")  # as it says itself, but only until the end of this test
    assert runpy.run_path(str(ROOT / "gunicorn.conf.py"))["threads"] == 2 * formats.MOST_WAITING
    monkeypatch.setattr(slots, "cores", lambda: formats.MOST_WAITING + 2)
    with ExitStack() as others:
        for _ in range(formats.MOST_WAITING):
            others.enter_context(slots.slot(NOW))
        with pytest.raises(PhotoRefused) as refused, slots.slot(NOW):  # though a slot is free
            pass
        assert refused.value.is_passing
        with slots.slot(LATER):
            pass
    with slots.slot(NOW):
        pass


# --- When no turn comes


@pytest.fixture
def busy(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(slots, "cores", lambda: 1)
    monkeypatch.setattr(formats, "INSPECTION", NOW)
    with slots.slot(NOW):
        yield


SORRY = "We could not open this picture just now. Nothing is wrong with it: please try again in a minute."


def new_picture() -> SimpleUploadedFile:
    """One that no test has seen, so that nothing remembers what it is."""
    return upload(jpeg() + os.urandom(8))


@pytest.mark.django_db
def test_the_entry_form_keeps_the_words_and_says_that_the_same_picture_may_come_again(busy):
    sender, exhibition = signed_in(UserFactory()), make_exhibition()
    shown = sender.get(enter_url(exhibition)).content.decode()
    page = re.search(r'name="page" value="(\w+)"', shown)
    assert page is not None
    form = filled_in(photo=new_picture(), page=page[1], action="photo")
    answer = sender.post(enter_url(exhibition), form)
    html = answer.content.decode()
    assert answer.status_code == 503
    assert re.search(r'id="photo_error"[^>]*>.*?' + re.escape(SORRY), html, re.DOTALL)
    assert 'value="Four Necks"' in html
    assert "A flask with four necks, made in one sitting." in html
    assert Entry.objects.get().title == "Four Necks"


@pytest.mark.django_db
def test_a_second_try_needs_no_second_draft(monkeypatch):
    sender, exhibition = signed_in(UserFactory()), make_exhibition()
    form = filled_in(photo=new_picture(), page="abc123", action="photo")
    with monkeypatch.context() as patched:
        patched.setattr(slots, "cores", lambda: 1)
        patched.setattr(formats, "INSPECTION", NOW)
        with slots.slot(NOW):
            assert sender.post(enter_url(exhibition), form).status_code == 503
    form["photo"].seek(0)
    assert sender.post(enter_url(exhibition), form).status_code == 302
    assert Entry.objects.get().master is not None


@pytest.mark.django_db
def test_of_several_each_that_had_no_turn_is_named(busy):
    sender, exhibition = signed_in(UserFactory()), make_exhibition()
    photos = [new_picture(), new_picture()]
    photos[1].name = "second.jpg"
    answer = sender.post(enter_url(exhibition), {"photo": photos, "title": "Four Necks", "action": "save"})
    assert answer.status_code == 503
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        f"“second.jpg” was not kept. {SORRY}"
    ]
    assert Entry.objects.get().title == "Four Necks"


@pytest.mark.django_db
def test_the_library_asks_to_try_again_and_keeps_the_words(busy):
    editor = Client()
    editor.force_login(UserFactory(is_superuser=True))
    words = {"title": "Test rig", "file": new_picture(), "licence": "all-rights", "collection": 1}
    html = editor.post(reverse("wagtailimages:add"), words).content.decode()
    assert SORRY in html
    assert 'value="Test rig"' in html
    answer = editor.post(reverse("wagtailimages:add_multiple"), {"title": "Test rig", "files[]": new_picture()})
    assert (answer.json()["success"], SORRY in answer.json()["error_message"]) == (False, True)
    assert not PortalImage.objects.exists()


def test_the_bounded_process_itself_asks_for_a_turn(busy):
    with pytest.raises(PhotoRefused) as refused:
        list(client.run(io.BytesIO(builders.photo() + os.urandom(8)), {"job": "inspect"}, NOW))
    assert refused.value.code == "busy"
