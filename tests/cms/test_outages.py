"""The database is away, or somebody holds on to it: a kind page with 503, in the form of the address, and nothing
done by halves."""

import errno
import json
import threading
from collections.abc import Iterator

import botocore.exceptions
import pytest
from django.db import OperationalError, ProgrammingError, connection, connections, transaction
from django.test import Client

from cms.changes.models import Sequence
from cms.core import caches
from cms.core.outages import in_a_line, is_outage, names_outage
from cms.core.signal_handlers import hurry, take_time
from cms.operation.readiness import NotReady, _database
from gallery.enums import EntryState
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from tests.factories.entries import make_entry

for_real = pytest.mark.django_db(transaction=True)
PAGES = (
    "/",
    "/exhibitions/",
    "/search/?q=laser",
    "/feeds/",
    "/sitemap.xml",
    "/events/calendar.ics",
    "/desk/",
    "/admin/",
    "/accounts/login/",
    "/no-such-page/",
)
APIS = ("/api/gallery/v1/exhibits/", "/api/gallery/v1/changes/", "/api/v2/pages/", "/api/v2/exhibits/")


@pytest.fixture
def visitor() -> Client:
    """Sees what a visitor sees of an error."""
    return Client(raise_request_exception=False)


@pytest.fixture
def database_away(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody answers where it was. What SQLite keeps in memory comes back afterwards."""
    kept, connection.connection = connection.connection, None
    with monkeypatch.context() as patched:
        gone = {"PORT": "1"} if connection.vendor == "postgresql" else {"NAME": "/no/such/folder/portal.sqlite3"}
        for name, value in gone.items():
            patched.setitem(connection.settings_dict, name, value)
        yield
        connection.close()
    connection.connection = kept


@for_real
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("signed_in", [False, True])
def test_without_a_database_pages_say_so(visitor, database_away, address, signed_in):
    if signed_in:
        visitor.cookies["sessionid"] = "a" * 32
    answer = visitor.get(address)
    if not signed_in and answer.status_code == 302:  # to the sign-in page, which needs it
        return
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert "One moment, please" in answer.text


@for_real
@pytest.mark.parametrize("address", APIS)
def test_without_a_database_apis_say_so_in_their_own_form(visitor, database_away, address):
    answer = visitor.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/problem+json", "*")
    assert json.loads(answer.content)["status"] == 503


@for_real
@pytest.mark.parametrize("address", [*PAGES, *APIS])
def test_without_a_database_each_request_costs_one_line(visitor, database_away, caplog, monkeypatch, address):
    """Or a busy site fills its disk with what everybody knows."""
    monkeypatch.setattr(caches, "_said_away", True)
    visitor.cookies["sessionid"] = "a" * 32
    visitor.get(address.replace("no-such-page", "no%0Asuch"))
    said = [(one.levelname, one.exc_info, "\n" in one.getMessage()) for one in caplog.records]
    assert said in ([], [("WARNING", None, False)])
    assert all("503" in one.getMessage() and address[:3] in one.getMessage() for one in caplog.records)


@for_real
def test_an_empty_database_is_one_that_is_not_there_yet(visitor, caplog):
    """Before `migrate`, or before a backup comes back."""
    with pytest.raises((ProgrammingError, OperationalError)) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert is_outage(caught.value)
    assert in_a_line(caught.value).count("no_such_table") == 1


@for_real
def test_a_sign_of_life_needs_no_database(visitor, database_away):
    assert visitor.get("/healthz").status_code == 200


def test_the_page_for_our_own_mistakes_needs_no_database(visitor, monkeypatch):
    """No mark for the database: a query fails the test."""

    def trip(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cms.operation.readiness.PARTS", {})
    monkeypatch.setattr("cms.operation.readiness.JsonResponse", trip)
    answer = visitor.get("/readyz")
    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")
    assert "Something tripped" in answer.text
    monkeypatch.setattr("cms.errors.render_to_string", trip)
    assert "Something tripped" in visitor.get("/readyz").text


@pytest.mark.parametrize(("number", "is_so"), [(errno.ENOSPC, True), (errno.EROFS, True), (errno.ENOENT, False)])
def test_a_disk_that_takes_nothing_more_is_an_outage(number, is_so):
    assert is_outage(OSError(number, "")) is is_so


def test_whatever_the_bucket_says_is_an_outage():
    """Some of botocore's problems are OSErrors as well, without a number."""
    kinds = [kind for kind in vars(botocore.exceptions).values() if isinstance(kind, type)]
    theirs = [kind for kind in kinds if issubclass(kind, botocore.exceptions.BotoCoreError)]
    assert {kind.__name__ for kind in theirs if issubclass(kind, OSError)} > {
        "ReadTimeoutError",
        "ConnectTimeoutError",
    }
    for kind in theirs:
        assert is_outage(kind.__new__(kind)), kind
        assert names_outage(f"{kind.__module__}.{kind.__qualname__}"), kind


@pytest.mark.parametrize(
    "name", ["", "builtins.OSError", "no.such.Problem", "django.db.utils.IntegrityError", "os.path"]
)
def test_other_names_are_no_outage(name):
    assert not names_outage(name)


@pytest.fixture
def impatient(db: None) -> None:
    """The process waits for locks as the web does, but not as long."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one lock for everything")
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")


def while_somebody(holds: str):
    """Somebody else has done `holds` and does not commit until the test says so."""
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(holds)
            held.set()
            let_go.wait(30)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    return thread, let_go


@for_real
def test_a_withdrawal_that_has_to_wait_is_not_done_later_either(visitor, impatient):
    entry = make_entry("hung")
    Sequence.objects.get_or_create(pk=1)
    visitor.force_login(entry.photographer)
    thread, let_go = while_somebody("UPDATE changes_sequence SET number = number WHERE id = 1")
    try:
        answer = visitor.post(f"/desk/entries/{entry.pk}/withdraw/")
        assert answer.status_code == 503
        assert "Nothing was changed" in answer.text
        for address in ("/", "/api/gallery/v1/exhibits/", "/desk/", "/healthz"):
            assert visitor.get(address).status_code == 200, address
    finally:
        let_go.set()
        thread.join(10)
    entry.refresh_from_db()
    assert (entry.state, Exhibit.objects.count()) == (EntryState.HUNG, 1)
    assert visitor.post(f"/desk/entries/{entry.pk}/withdraw/").status_code == 302
    assert Exhibit.objects.count() == 0


@for_real
def test_a_table_that_is_being_changed_stops_nobody_for_long(visitor, impatient):
    """Wagtail and we ask for pages: somebody changes their table and does not come to an end."""
    thread, let_go = while_somebody("LOCK TABLE wagtailcore_page IN ACCESS EXCLUSIVE MODE")
    try:
        assert (visitor.get("/").status_code, visitor.get("/healthz").status_code) == (503, 200)
    finally:
        let_go.set()
        thread.join(10)
    assert visitor.get("/").status_code == 200


@for_real
def test_a_migration_waits_for_nobody_as_long_as_visitors_do(impatient):
    thread, let_go = while_somebody("SELECT 1 FROM wagtailcore_page")
    try:
        with connection.cursor() as cursor:
            hurry("default")
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("2s",)
            with pytest.raises(OperationalError):
                cursor.execute("ALTER TABLE wagtailcore_page ADD COLUMN extra integer")
            take_time("default")
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() != ("2s",)
    finally:
        let_go.set()
        thread.join(10)


@for_real
def test_a_database_that_takes_no_changes_is_an_outage(visitor):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no such state")
    entry = make_entry("draft")
    visitor.force_login(entry.photographer)
    visitor.get("/")  # the first one ever writes the site's settings
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        assert visitor.get("/").status_code == 200
        with pytest.raises(NotReady):
            _database()
        assert visitor.post(f"/desk/entries/{entry.pk}/withdraw/").status_code == 503
    finally:
        connections.close_all()
    assert Entry.objects.get().state == EntryState.DRAFT
