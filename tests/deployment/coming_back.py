"""Inside the box: a backup by the unit, a withdrawal after it, and what stands there when it has been restored.

Only what Debian's own Python has.
"""

import json
import re
from pathlib import Path

from visit import Visitor, expect, in_the_site, owner_and_mode, run, wait_for

BACKUPS = Path("/var/backups/portal")
TWO_MORE = """
import json
from gallery.models.exhibits import Exhibit
from tests.factories.entries import make_entry
from tests.factories.people import DepartmentFactory, UserFactory
from tests.factories.exhibitions import CategoryFactory
for factory in (CategoryFactory, DepartmentFactory, UserFactory):
    factory.reset_sequence(1000)
from gallery.models.exhibitions import ExhibitionPage
edition = ExhibitionPage.objects.get()
two = [make_entry("hung", exhibition=edition, title=title) for title in ("Stays", "Leaves")]
exhibits = [Exhibit.objects.get(pk=entry.public_id) for entry in two]
print(json.dumps([[one.path, "/media/" + one.sources[0]["key"]] for one in exhibits]))
"""
A_WITHDRAWAL = """
from django.utils import timezone
from gallery.models.entries import Entry
from gallery.services import entries
entry = Entry.objects.get(title="Leaves")
entries.withdraw(entry=entry, by=entry.photographer, now=timezone.now())
print("withdrawn")
"""


def a_backup_and_a_withdrawal() -> tuple[str, str, str]:
    """Returns the addresses of the exhibit that stays, and of the one that leaves with its file."""
    (stays, _), (leaves, file) = json.loads(in_the_site(TWO_MORE))
    expect("two more hang", found=[Visitor().ask(one).status for one in (stays, leaves, file)], wanted=[200] * 3)
    answer = run("systemctl", "start", "portal-backup")
    assert answer.returncode == 0, run("journalctl", "--no-pager", "-u", "portal-backup").stdout
    (made,) = BACKUPS.iterdir()
    expect(f"{made}, for its owner alone", found=owner_and_mode(made), wanted="portal:portal 600")
    in_the_site(A_WITHDRAWAL)
    wait_for("one is withdrawn, and its file goes", lambda: Visitor().ask(file).status == 410)
    expect("its page is gone", found=Visitor().ask(leaves).status, wanted=410)
    return stays, leaves, file


def after_the_restore(stays: str, leaves: str, file: str) -> None:
    units = ("portal-web", "portal-worker", "portal-tend.timer", "portal-backup.timer")
    expect("everything runs", found=run("systemctl", "is-active", *units).stdout.split(), wanted=["active"] * 4)
    wait_for("/readyz says ok", lambda: Visitor().ask("/readyz").status == 200)
    page = Visitor().ask(stays)
    expect("what hung hangs", found=page.status, wanted=200)
    files = set(re.findall(r"/media/exhibits/[\w./-]+", page.text))
    expect("with its files", found={Visitor().ask(one).status for one in files}, wanted={200})
    found = [Visitor().ask(one).status for one in (leaves, file)]
    expect("what was withdrawn since the backup stays away", found=found, wanted=[410, 410])
    modes = {owner_and_mode(one) for one in Path("/srv/portal/var/private").rglob("*") if one.is_file()}
    expect("private files are for the site and its group", found=modes, wanted={"portal:portal 640"})
