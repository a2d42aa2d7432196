"""The Operation screen: what is wrong in words, a button for what is stuck, no address of anybody, a mail a day."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.jobs.heartbeat import Heartbeat
from cms.jobs.models import WorkerProcess
from cms.jobs.periodic import tend
from cms.jobs.registry import run
from cms.mail.models import Message
from cms.operation import sections
from cms.operation.daily_mail import SUBJECT
from cms.operation.models import Backup
from cms.operation.sections import Line, Section, all_sections, section, what_is_wrong
from gallery.models.failures import JobFailure
from home.pages.tasks_panel import tasks_of
from tests.factories.entries import make_entry
from tests.factories.people import UserFactory, administrator, editor

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/operation/"
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)


@pytest.fixture
def _worker():
    Heartbeat(lambda: [{"queue": queue} for queue in ("take-down", "soon", "long")]).beat()


@pytest.fixture(autouse=True)
def backup() -> Backup:
    """All went well last night."""
    night = timezone.now() - dt.timedelta(hours=8)
    return Backup.objects.create(started_at=night, finished_at=night, files=1, bytes=5_000_000)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fail(
    name: str = "sweep entry", error: str = "ValueError: no lens for ann@x.example", **ids: int
) -> DBTaskResult:
    job = run.enqueue(name, **ids).db_result
    facts = {"status": "FAILED", "finished_at": timezone.now(), "traceback": f"Traceback\n{error}\n"}
    DBTaskResult.objects.filter(pk=job.pk).update(**facts)
    return job


def stuck_mail(**facts) -> Message:
    given = {
        "to": "ann@x.example",
        "subject": "Your photograph",
        "body": "Hello",
        "problem": "550 <…@…>: no such person",
    }
    now = timezone.now()
    return Message.objects.create(**given | {"created_at": now, "given_up_at": now, "tries": 1} | facts)


def words(client: Client) -> str:
    return re.sub(r"\s+", " ", client.get(ADDRESS).content.decode())


@pytest.mark.usefixtures("_worker")
def test_when_all_is_well_it_says_so():
    text = words(signed_in(administrator()))
    assert "All is well." in text
    assert "Needs a hand" not in text
    assert "Try everything again" not in text


def test_it_says_what_is_wrong_and_names_no_address():
    someone = UserFactory(name="Ann Glass", email="ann@x.example")
    fail(entry_id=12)
    stuck_mail(user=someone)
    stuck_mail(given_up_at=None, tries=13)
    entry = make_entry("approved")
    JobFailure.objects.create(entry=entry, job="hang", problem="No room.", since=timezone.now(), tries=3)
    text = words(signed_in(administrator()))
    for part in (
        "5 things need a hand.",
        "No worker is at work",
        "Sweep entry 12",
        "ValueError: no lens for …@…",
        f'<a href="/admin/users/edit/{someone.pk}/">To Ann Glass: Your photograph</a>',
        "Given up. 550 &lt;…@…&gt;: no such person",
        "To somebody without an account: Your photograph",
        "Tried 13 times, and still tried.",
        str(entry),
        "No room. Tried 3 times",
    ):
        assert part in text, part
    assert "x.example" not in text


@pytest.mark.usefixtures("_worker")
def test_a_mail_server_that_takes_nothing_needs_a_hand():
    now = timezone.now()
    facts = {"given_up_at": None, "until": now + MINUTE, "next_try_at": now}
    stuck_mail(created_at=now - 16 * MINUTE, problem="451 come back later", **facts)
    stuck_mail(
        created_at=now - 14 * MINUTE, problem="TimeoutError: timed out", **facts | {"next_try_at": now + MINUTE}
    )
    assert what_is_wrong(now - 2 * MINUTE) == {}
    assert what_is_wrong(now) == {"Mail": 1}
    text = words(signed_in(administrator()))
    assert "No mail goes out" in text
    assert "The oldest has waited for 16 minutes." in text
    assert "last answer: TimeoutError: timed out" in text
    tend(now=now + 2 * MINUTE)  # nobody has any use for them any more, but this
    assert what_is_wrong(now + 2 * MINUTE)["Mail"] == 1
    Message.objects.create(subject="Hello", created_at=now, sent_at=now + 2 * MINUTE)
    tend(now=now + 3 * MINUTE)
    assert not Message.objects.unsent().exists()


@pytest.mark.usefixtures("_worker")
def test_one_mailbox_that_takes_nothing_is_waited_for():
    now = timezone.now()
    waits = stuck_mail(given_up_at=None, created_at=now - 60 * MINUTE)
    gone = Message.objects.create(subject="Hello", created_at=now - 14 * MINUTE, sent_at=now - 14 * MINUTE)
    assert what_is_wrong(now) == {}
    assert Message.objects.standing_since(now + 2 * MINUTE) == waits.created_at
    gone.delete()
    assert what_is_wrong(now) == {"Mail": 1}


@pytest.mark.usefixtures("_worker")
def test_a_full_disk_says_what_to_do(settings):
    settings.LEAST_FREE_DISK_MB = 500
    assert "Make room" not in words(signed_in(administrator()))
    settings.LEAST_FREE_DISK_MB = 10**9
    text = words(signed_in(administrator()))
    assert "That is less than 1000000000 MB: uploads are refused" in text
    assert "Make room" in text
    assert what_is_wrong(timezone.now())["Disks"] >= 1


def test_a_worker_says_what_it_is_at():
    now = timezone.now()
    since = (now - dt.timedelta(minutes=3)).isoformat()
    busy = {"queue": "soon", "job": "sweep entry 7", "since": since}
    Heartbeat(lambda: [{"queue": "take-down"}, busy, {"queue": "long"}]).beat()
    WorkerProcess.objects.create(
        id="x", place="other, process 7", lanes=[], started_at=now - DAY, seen_at=now - dt.timedelta(minutes=30)
    )
    text = words(signed_in(administrator()))
    assert (
        "Taking down: idle. Hanging and purging: sweep entry 7, 3 minutes. Mail, previews and all else: idle."
        in text
    )
    assert "Last heard of 30 minutes ago." in text
    assert "All is well." in text  # another has taken its place


def test_what_is_stuck_is_tried_again(work):
    job = fail(entry_id=99)
    mail = stuck_mail()
    client = signed_in(administrator())
    for do in (f"job-again {job.pk}", f"mail-again {mail.pk}"):
        assert client.post(ADDRESS, {"do": do}).status_code == 302
    work()
    job.refresh_from_db()
    mail.refresh_from_db()
    assert (job.status, mail.sent_at is not None) == ("SUCCESSFUL", True)
    assert (
        "That was settled in the meantime."
        in client.post(ADDRESS, {"do": f"job-again {job.pk}"}, follow=True).content.decode()
    )


def test_everything_is_tried_again_at_once(work):
    fail(entry_id=98)
    fail(entry_id=99)
    stuck_mail()
    client = signed_in(administrator())
    assert "Try everything again" in words(client)
    client.post(ADDRESS, {"do": "all-again"})
    work()
    assert not DBTaskResult.objects.failed().exists()
    assert not Message.objects.unsent().exists()


def test_what_nobody_wants_any_more_is_let_go():
    job, mail = fail("a job of long ago"), stuck_mail()
    client = signed_in(administrator())
    client.post(ADDRESS, {"do": f"job-let-go {job.pk}"})
    client.post(ADDRESS, {"do": f"mail-let-go {mail.pk}"})
    assert (DBTaskResult.objects.count(), Message.objects.count()) == (0, 0)


def test_a_mail_that_is_on_its_way_cannot_be_let_go():
    mail = stuck_mail(given_up_at=None)
    signed_in(administrator()).post(ADDRESS, {"do": f"mail-let-go {mail.pk}"})
    assert Message.objects.exists()


@pytest.mark.parametrize(
    "do",
    ["", "job-again", "job-again x", "mail-again x", "mail-again " + "9" * 40, "no-such-thing 1", "mail-again -\0"],
)
def test_what_no_button_sends_is_not_there(do):
    answer = signed_in(administrator()).post(ADDRESS, {"do": do})
    assert answer.status_code == 404 or do.startswith("mail-again 9")


@pytest.mark.parametrize(("make", "status"), [(editor, 404), (UserFactory, 403)])
def test_for_everybody_else_it_is_not_there(make, status):
    client = signed_in(make())
    assert client.get(ADDRESS).status_code == status
    assert client.post(ADDRESS, {"do": "all-again"}).status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_its_queries_do_not_grow(number, django_assert_num_queries):
    for _ in range(number):
        fail(entry_id=1)
        stuck_mail(user=UserFactory())
        Heartbeat(lambda: [{"queue": "soon"}]).beat()
        JobFailure.objects.create(
            entry=make_entry("approved"), job="hang", problem="No room.", since=timezone.now(), tries=3
        )
    client = signed_in(administrator())
    client.get(ADDRESS)
    with django_assert_num_queries(15):
        client.get(ADDRESS)


@pytest.mark.usefixtures("_worker")
def test_the_last_backup_is_told():
    text = words(signed_in(administrator()))
    assert "The last was made 8 hours ago" in text
    assert "4.8 MB, 1 private file." in text
    assert "All is well." in text


@pytest.mark.usefixtures("_worker")
def test_one_night_without_a_backup_is_told_and_two_need_a_hand(backup):
    now = timezone.now()
    problem = "No space left on device, says ann@x.example"
    Backup.objects.create(started_at=now, finished_at=now, problem=problem)
    text = words(signed_in(administrator()))
    assert "The last try failed" in text
    assert "No space left on device, says …@…" in text
    assert what_is_wrong(now) == {}
    Backup.objects.filter(pk=backup.pk).update(started_at=now - 2 * DAY)
    assert what_is_wrong(now) == {}
    Backup.objects.filter(pk=backup.pk).update(started_at=now - 2 * DAY - MINUTE)
    assert what_is_wrong(now) == {"Backup": 1}
    Backup.objects.create(started_at=now, finished_at=now)
    assert what_is_wrong(now) == {}


@pytest.mark.usefixtures("_worker")
def test_a_site_that_was_not_backed_up_within_two_days_needs_a_hand_but_the_demo_does_not(settings):
    Backup.objects.all().delete()
    now = timezone.now()
    MigrationRecorder.Migration.objects.update(applied=now - DAY)
    MigrationRecorder.Migration.objects.filter(app="gallery").update(applied=now - 2 * DAY + MINUTE)
    text = words(signed_in(administrator()))
    assert "There has never been one" in text
    assert "The first is made tonight." in text
    assert what_is_wrong(now) == {}
    MigrationRecorder.Migration.objects.filter(app="gallery").update(applied=now - 2 * DAY - MINUTE)
    assert "If the disk fails now, everything is lost." in words(signed_in(administrator()))
    assert what_is_wrong(timezone.now()) == {"Backup": 1}
    settings.DEMO = True
    assert what_is_wrong(timezone.now()) == {}


def test_a_section_that_breaks_hides_none_of_the_others(monkeypatch):
    monkeypatch.setattr(sections, "_looks", {})
    section("Second", 2)(lambda now: [Line("Well")])
    section("First", 1)(lambda now: 1 / 0)
    first, second = all_sections(timezone.now())
    assert (first.heading, first.wrong) == ("First", 1)
    assert second == Section("Second", [Line("Well")])
    assert what_is_wrong(timezone.now()) == {"First": 1}


def test_the_first_page_says_that_something_is_wrong_to_administrators_only():
    assert tasks_of(administrator())[0] == {"what": "Needs a hand: workers", "count": 1, "url": ADDRESS}
    assert [task for task in tasks_of(editor()) if "hand" in task["what"]] == []
    Heartbeat(lambda: [{"queue": queue} for queue in ("take-down", "soon", "long")]).beat()
    assert [task for task in tasks_of(administrator()) if "hand" in task["what"]] == []


@pytest.fixture
def told():
    """Administrators with and without a proved address, one who has left, and somebody who is none."""
    people = [administrator(), administrator(), administrator(is_active=False), editor()]
    for user, verified in zip(people, (True, False, True, True), strict=True):
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": verified, "primary": True}
        )
    return people[0]


def test_administrators_get_one_mail_a_day_while_something_is_wrong(told):
    now = timezone.now()
    fail(entry_id=1)
    for minutes, mails in ((0, 0), (9, 0), (10, 1), (11, 0), (24 * 60 + 9, 0)):
        assert tend(now=now + minutes * MINUTE)["administrators told"] == mails, minutes
    assert Message.objects.get(subject=SUBJECT).user == told
    cache.delete("operation-mail")  # whose minute has long passed
    assert tend(now=now + DAY + 11 * MINUTE)["administrators told"] == 1


def test_what_goes_away_by_itself_is_nobodys_mail(told):
    now = timezone.now()
    job = fail(entry_id=1)
    Heartbeat(lambda: [{"queue": queue} for queue in ("take-down", "soon", "long")]).beat()
    tend(now=now)
    DBTaskResult.objects.filter(pk=job.pk).delete()
    tend(now=now + MINUTE)
    fail(entry_id=2)
    tend(now=now + 1.5 * MINUTE)
    assert tend(now=now + 11 * MINUTE)["administrators told"] == 0


def test_the_mail_says_how_many_and_where_and_nothing_of_anybody(told, mailoutbox):
    now = timezone.now()
    fail(entry_id=1)
    stuck_mail()
    for minutes in (0, 11, 12):
        tend(now=now + minutes * MINUTE)
    (sent,) = (mail for mail in mailoutbox if mail.subject == SUBJECT)
    assert sent.to == [told.email]
    assert "- Workers: 1\n- Jobs that failed: 1\n- Mail: 1\n\n" in sent.body
    assert f"https://portal.example{ADDRESS}" in sent.body


@pytest.mark.usefixtures("_worker", "told")
def test_nobody_is_told_that_all_is_well():
    assert tend()["administrators told"] == 0
