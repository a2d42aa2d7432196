"""The demo's content is what the services made of it: seeded once, small, and looked at from all sides."""

import json
import stat
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from cms.changes.models import Change, How, KindVersion
from cms.core.models import PortalSettings
from cms.images.refusal import PhotoRefused
from cms.mail.models import Message
from cms.people.models import Profile, User
from gallery.enums import EXHIBIT
from gallery.models.consents import PicturedPerson
from gallery.models.entries import Entry
from gallery.models.exhibitions import ExhibitionPage
from gallery.models.exhibits import Exhibit, ExhibitLabel
from gallery.models.reviews import ReviewDecision
from home.demo.content import load
from home.demo.seed import pictures
from home.demo.seed.pictures import Folder, NoPhotographs
from home.pages.models import HomePage, StandardPage
from home.topics.models import ImpactFigure
from tests.factories.photos import jpeg

pytestmark = pytest.mark.drama
LONG_EDGE = 320


def seed(**options: object) -> str:
    said = StringIO()
    call_command("seed_demo", stdout=said, **options)
    return said.getvalue()


def shrink_pictures(folder: Path) -> Path:
    """The shipped pictures with a few pixels each: every test of their life is as true, and much quicker."""
    for file in pictures.SHIPPED.iterdir():
        with Image.open(file) as image:
            image.reduce(image.width // LONG_EDGE + 1).save(folder / file.name, speed=10)
    return folder


class Seeded:
    """What the seeding left outside the database, noted before the next test clears it away."""

    def __init__(self, var: Path) -> None:
        self.accounts_file = var / "demo-accounts.json"
        self.mails = [message.subject for message in mail.outbox]
        source = Exhibit.objects.get(title="The Last Half Turn").sources.of_type("image/jpeg")[0]
        self.jpeg = (settings.MEDIA_ROOT / source["key"]).read_bytes()
        withdrawn = Entry.objects.get(state="withdrawn")
        self.withdrawn_files = [
            name for name in (withdrawn.master.file.name,) if (settings.PRIVATE_ROOT / name).exists()
        ]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    var = tmp_path_factory.mktemp("var")
    small = shrink_pictures(tmp_path_factory.mktemp("pictures"))
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, VAR=var),
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(pictures, "SHIPPED", small)
        mail.outbox = []
        with transaction.atomic():
            seed()
            yield Seeded(var)
            transaction.set_rollback(True)


def test_every_photograph_is_where_the_content_leaves_it(demo):
    assert Counter(Entry.objects.values_list("exhibition__slug", "state")) == {
        ("made-visible", "hung"): 9,
        ("steady-hands", "hung"): 24,
        ("in-the-making", "draft"): 1,
        ("in-the-making", "in-review"): 2,
        ("in-the-making", "changes-asked"): 1,
        ("in-the-making", "on-hold"): 1,
        ("in-the-making", "refused"): 1,
        ("in-the-making", "withdrawn"): 1,
    }
    assert dict(Entry.objects.filter(exhibition__slug="in-the-making").values_list("title", "state")) == {
        "One Thousand One Hundred and Fifty-Two Ports": "changes-asked",
        "Plant Room Score": "in-review",
        "Ninety Grams for Orbit": "on-hold",
        "The Graveyard Shelf": "in-review",
        "Where the Path Was": "refused",
        "Laboratory in a Car Park": "withdrawn",
        "The Last Autoclave": "draft",
    }


def test_the_editions_are_in_the_archive_on_show_and_open(demo):
    now = timezone.now()
    states = {edition.slug: edition.state(now) for edition in ExhibitionPage.objects.live()}
    assert states == {"made-visible": "archived", "steady-hands": "on-show", "in-the-making": "open"}
    assert set(ExhibitionPage.objects.values_list("min_long_edge", flat=True)) == {2000}


def test_one_picture_is_on_the_wall_but_not_shared(demo):
    """Its person allows web and print only."""
    assert list(Exhibit.objects.filter(is_shared=False).values_list("title", flat=True)) == ["Four Micrometres"]
    person = PicturedPerson.objects.get(name="Inês Carvalho-Whitby")
    assert person.channels == ["web", "print"]
    assert person.confirmed_by in {"Morven Castleby", "Artur Lindeman-Shaw"}
    assert KindVersion.objects.get(kind=EXHIBIT).totals["exhibition:steady-hands"] == 23


def test_credits_are_those_of_the_content(demo):
    written = {photo["title"]: photo["credit"] for photo in load(timezone.localdate())["photos"]}
    assert Exhibit.objects.count() == 33
    for exhibit in Exhibit.objects.all():
        assert exhibit.credit == written[exhibit.title]


def test_what_the_site_can_count_is_counted(demo):
    own = ImpactFigure.objects.filter(source="This site’s own count").order_by("pk")
    assert [int(figure.value) for figure in own] == [
        Profile.objects.count(),
        Exhibit.objects.filter(exhibition__slug="steady-hands").count(),
    ]


def test_the_winner_hangs_first_with_its_awards(demo):
    first = Exhibit.objects.filter(exhibition__slug="steady-hands").in_wall_order()[0]
    assert first.title == "Signing in the Noise"
    awards = {
        label.exhibit.title: label.name
        for label in ExhibitLabel.objects.filter(kind="award", exhibit__exhibition__slug="steady-hands")
    }
    assert len(awards) == 9
    assert awards["Signing in the Noise"] == "Overall winner 2026"
    both = Exhibit.objects.get(title="Low Tide, High Stakes").labels.filter(kind="award")
    assert [label.name for label in both] == ["People's choice 2025", "Category winner: Out in the field"]


def test_every_decision_names_a_person_a_past_time_and_a_reason(demo):
    decided = ReviewDecision.objects.exclude(decision__in=["submitted", "described", "hung"])
    assert Counter(decided.values_list("decision", flat=True)) == {
        "approved": 34,
        "changes-asked": 1,
        "held": 2,
        "resumed": 1,
        "refused": 1,
        "withdrawn": 1,
    }
    assert not decided.filter(reason="").exists()
    assert not decided.filter(by=None).exists()
    assert not ReviewDecision.objects.filter(at__gte=timezone.now()).exists()
    refusal = ReviewDecision.objects.get(decision="refused")
    assert refusal.by_name == "Dele Ransome-Whyte"
    assert refusal.reason.startswith("We cannot use this version: it is 1,600 pixels wide")


def test_nobody_decided_before_it_was_sent_in(demo):
    for entry in Entry.objects.exclude(submitted_at=None):
        times = [line.at for line in ReviewDecision.objects.of(entry)]
        assert times == sorted(times)
        assert times[0] == entry.submitted_at
        assert entry.created_at < entry.submitted_at
        assert entry.exhibition.opens_at <= entry.submitted_at < entry.exhibition.closes_at


def test_the_withdrawn_picture_leaves_a_tombstone_and_no_file(demo):
    entry = Entry.objects.get(state="withdrawn")
    kinds = list(Change.objects.filter(key=entry.public_id).values_list("how", flat=True))
    assert kinds == [How.UPSERT, How.REMOVED]
    assert demo.withdrawn_files == []
    assert entry.master.erased_at is not None
    assert PicturedPerson.objects.of(entry).get().channels == []


def test_illustrations_say_so_on_the_page_in_the_api_and_in_the_file(demo):
    for exhibit in Exhibit.objects.all():
        document = json.loads(exhibit.document)
        assert document["technique"].endswith("Illustration drawn by this project, not a photograph.")
        assert "illustration" in document["tags"]
    assert "CC BY-NC-SA 4.0. Illustration, not a photograph." in demo.jpeg.decode("utf-8", "replace")
    unhung = Entry.objects.exclude(state__in=["hung", "withdrawn"])
    assert {tuple(tags) for tags in unhung.values_list("tags", flat=True)} == {("illustration",)}


def test_the_mailbox_starts_with_what_is_still_in_play(demo):
    assert not Message.objects.unsent().exists()
    contributions = [subject for subject in demo.mails if subject.startswith("The page ")]  # Wagtail’s, to editors
    assert {subject.split('"')[1] for subject in contributions} == {
        "Nobody warns you about the quiet",
        "Show us your bench, over lunch",
    }
    ours = [subject.partition(":")[0] for subject in demo.mails if subject not in contributions]
    assert Counter(ours) == {
        "We have your photograph": 6,
        "A photograph is waiting": 6,
        "One thing to change": 1,
        "We need a little longer": 2,
        "We cannot show this one": 1,
        "Approved": 1,
        "On the wall": 1,
        "Withdrawn": 1,
    }


def test_accounts_stand_in_a_file_only_its_owner_can_read(demo):
    assert stat.S_IMODE(demo.accounts_file.stat().st_mode) == 0o600
    accounts = json.loads(demo.accounts_file.read_text())
    assert [set(account) for account in accounts] == [{"role", "name", "email", "password"}] * 12
    assert list(dict.fromkeys(account["role"] for account in accounts)) == [
        "photographer",
        "contributor",
        "moderator",
        "curator",
        "co-ordinator",
        "editor",
        "press",
        "judge",
        "admin",
    ]
    assert accounts[0]["email"] == "jude@calderwick.example"
    for account in accounts:
        assert User.objects.get(email=account["email"], is_demo=True).check_password(account["password"])
    assert not User.objects.filter(is_demo=False).exists()
    assert len({account["password"] for account in accounts}) == 12


def test_people_of_the_demos_university_may_sign_up(demo):
    assert PortalSettings.objects.get().welcome_domains == ["calderwick.example"]


def test_photographers_have_no_way_into_the_admin(demo):
    jude = User.objects.get(email="jude@calderwick.example")
    assert not jude.has_perm("wagtailadmin.access_admin")
    dele = User.objects.get(email="dele@calderwick.example")
    assert dele.has_perm("gallery.hang_entry")


def test_unfinished_pages_stay_drafts_and_pictures_stand_on_the_others(demo):
    pages = dict(StandardPage.objects.child_of(HomePage.objects.get()).values_list("slug", "live"))
    assert pages == {
        "about": True,
        "how-to-enter": True,
        "how-we-decide": True,
        "privacy": True,
        "developers": True,
        "contribute": False,
    }
    about = StandardPage.objects.get(slug="about")
    assert [block.value.title for block in about.body if block.block_type == "exhibit"] == ["Signing in the Noise"]


@pytest.mark.parametrize("options", [{}, {"make_database": True}])
def test_a_second_run_changes_nothing(demo, options):
    before = demo.accounts_file.read_text(), KindVersion.objects.get(kind=EXHIBIT).number, Entry.objects.count()
    assert seed(**options).endswith("The demo is here already; nothing was changed.\n")
    assert (
        demo.accounts_file.read_text(),
        KindVersion.objects.get(kind=EXHIBIT).number,
        Entry.objects.count(),
    ) == before


def test_scale_adds_exhibits_that_share_files(demo):
    with transaction.atomic():
        seed(scale=40)
        added = Exhibit.objects.filter(title__contains=" · ")
        assert added.count() == 40
        assert Exhibit.objects.count() == 73
        copy = added.get(title__endswith=" · 1")
        source = Exhibit.objects.get(title="The Inside of Cold")
        assert copy.title == "The Inside of Cold · 1"
        assert copy.sources == source.sources
        assert json.loads(copy.document)["id"] == copy.public_id
        assert KindVersion.objects.get(kind=EXHIBIT).totals[""] == Exhibit.objects.shared().count()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_it_refuses_without_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="only runs with DEMO=1"):
        seed(scale=3)
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_half_a_demo_is_not_built_upon(settings, tmp_path):
    settings.DEMO, settings.VAR = True, tmp_path
    User.objects.create_user("jude@calderwick.example", name="Jude Ashcombe", is_demo=True)
    with pytest.raises(CommandError, match="from a run that was interrupted"):
        seed()
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_named(settings, tmp_path):
    settings.DEMO = True
    with pytest.raises(CommandError, match="There is no folder"):
        seed(photos=tmp_path / "none")


def test_photographs_from_a_folder_go_round_and_refused_ones_are_named_once(tmp_path):
    for name in ("a.jpg", "b.jpg", "c.JPG", "notes.txt"):
        (tmp_path / name).write_bytes(jpeg())
    said, taken = [], []

    def attach(file):
        if file.name == "b.jpg":
            raise PhotoRefused("too-small", "Too small.")
        taken.append(file.name)

    folder = Folder(tmp_path, said.append)
    for _ in range(4):
        folder.give({}, attach)
    assert taken == ["a.jpg", "c.JPG", "a.jpg", "c.JPG"]
    assert said == ["  b.jpg was left out: Too small."]


def test_a_folder_of_refused_photographs_ends_with_a_sentence(tmp_path):
    (tmp_path / "b.jpg").write_bytes(jpeg())

    def attach(file):
        raise PhotoRefused("too-small", "Too small.")

    with pytest.raises(NoPhotographs, match="that the exhibition takes"):
        Folder(tmp_path, lambda line: None).give({}, attach)
