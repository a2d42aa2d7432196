"""What happens on a site of the backup's tests, in a process of its own."""

import functools
import itertools
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cms.images.library import make_ladder
from cms.images.models import PortalImage
from cms.operation import backup, restore
from cms.people.models import User
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.services import entries, hanging
from tests.cms.operation.backup.sites import manage
from tests.factories.entries import make_entry
from tests.factories.exhibitions import CategoryFactory, make_exhibition
from tests.factories.news import make_article
from tests.factories.people import DepartmentFactory, TechnicianFactory, UserFactory, administrator, curator
from tests.factories.photos import jpeg

EACH_FILE = {"files.put", "files.open_stream"}
CHANGES = "/api/gallery/v1/changes/"


def fill() -> dict[str, Any]:
    """Something of everything that has files, in every state it may be in."""
    edition = make_exhibition(slug="2027", on_show_from=timezone.now())
    hung = {name: make_entry("hung", exhibition=edition, title=name) for name in ("kept", "withdrawn", "down")}
    for state in ("draft", "in-review", "withdrawn"):
        make_entry(state, exhibition=edition)
    person = {"name": "Inês", "email": "i@x.example", "channels": ["web"]}
    make_entry("in-review", exhibition=edition, people=[person])
    TechnicianFactory(profile_public=True)
    leaves = UserFactory(name="Leaves Us")
    file = ContentFile(jpeg(800, 500), name="rig.jpg")
    picture = PortalImage.objects.create(
        file=file, title="Rig", alt_text="A rig.", credit="Photo: A", licence="cc-by-4.0"
    )
    make_ladder(image_id=picture.pk)
    picture = PortalImage.objects.get()
    picture.get_rendition("fill-100x100")
    article = make_article(slug="with-a-picture", body=[("picture", {"image": picture, "caption": "Monday."})])
    Client().force_login(administrator())
    work_off()
    return {
        "paths": {name: Exhibit.objects.get(pk=entry.public_id).path for name, entry in hung.items()},
        "article": article.url,
        "leaves": leaves.pk,
        "since": Client().get(CHANGES).json()["next"],
    }


def go_on() -> str:
    """After the backup: some leave, somebody comes. Returns the cursor of whoever has followed."""
    now = timezone.now()
    give_new_names()
    entry = Entry.objects.get(title="withdrawn")
    entries.withdraw(entry=entry, by=entry.photographer, now=now)
    hanging.take_down(entry=Entry.objects.get(title="down"), by=curator(), reason="A face.", now=now)
    User.objects.get(name="Leaves Us").delete()
    make_entry("hung", exhibition=Entry.objects.get(title="kept").exhibition, title="young")
    return Client().get(CHANGES).json()["next"]


def live_on() -> dict[str, int]:
    give_new_names()
    entry = make_entry("hung", exhibition=Entry.objects.get(title="kept").exhibition, title="new")
    work_off()
    return {"hung": Client().get(Exhibit.objects.get(pk=entry.public_id).path).status_code}


def keep_coming(number: int) -> None:
    """One after the other sends in, and is hung."""
    give_new_names()
    edition = Entry.objects.get(title="kept").exhibition
    for one in range(number):
        make_entry("hung", exhibition=edition, title=f"comes {one}")
        print(f"came {one + 1}")


def give_new_names() -> None:
    """None that another process has given."""
    for factory in (UserFactory, CategoryFactory, DepartmentFactory):
        factory.reset_sequence(1000)


def work_off() -> None:
    command = {"batch": True, "queue_name": "*", "interval": 0, "startup_delay": False}
    call_command("db_worker", verbosity=0, **command)


HALTED = "It stands still."


def restore_until(backup: str, step: str) -> None:
    halt_before(restore, step)
    manage("restore", backup)


def backup_until(file: str, step: str) -> None:
    halt_before(backup, step)
    manage("backup", "--overwrite", file)


def halt_before(module: ModuleType, step: str) -> None:
    """At the third call of what is called for each file, at the first of every other; until it may go on."""
    *owners, name = step.split(".")
    owner: Any = functools.reduce(getattr, owners, module)
    really, calls = getattr(owner, name), itertools.count(1)

    def halting(*arguments: Any, **named: Any) -> Any:
        if next(calls) == (3 if step in EACH_FILE else 1):
            print(HALTED)
            while not Path(settings.VAR, "go-on").exists():
                time.sleep(0.02)
        return really(*arguments, **named)

    setattr(owner, name, halting)


def look(*addresses: str) -> dict[str, tuple[int, str]]:
    """As a visitor: what is answered, in status and text."""
    client = Client(raise_request_exception=False)
    found = {}
    for address in addresses:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[address] = (answer.status_code, body.decode(errors="replace"))
    return found
