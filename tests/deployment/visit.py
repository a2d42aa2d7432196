"""Inside the box: visitors, a photographer and an administrator of the site that the document has led to.

Only what Debian's own Python has. Every line it prints has been seen to be so.
"""

import contextlib
import http.cookiejar
import json
import re
import ssl
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

SITE = Path("/srv/portal")
HOST = "technicians.example.ac.uk"
ADDRESS = f"https://{HOST}"
ADMIN = {"email": "ada@example.ac.uk", "name": "Ada Minister", "password": "a-bench-full-of-clamps"}
PHOTOGRAPHER = {"email": "phil@example.ac.uk", "name": "Phil Flash", "password": "one-lamp-behind-paper"}
WITHOUT_REDIRECTS = type("Stay", (urllib.request.HTTPRedirectHandler,), {"redirect_request": lambda *_: None})


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """A browser with cookies of its own, which follows redirects only when told."""

    def __init__(self) -> None:
        trust = ssl.create_default_context(cafile=f"/etc/letsencrypt/live/{HOST}/fullchain.pem")
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=trust),
            cookies,
            WITHOUT_REDIRECTS(),
        )

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> Answer:
        address = path if "://" in path else ADDRESS + path
        request = urllib.request.Request(address, data, {"Referer": address, **headers})  # noqa: S310
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(
                answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
            )

    def send(self, path: str, **values: str | bytes) -> Answer:
        """The form of that page with its hidden fields, as multipart; bytes are a photograph."""
        page = self.ask(path)
        assert page.status == 200, (path, page.status)
        edge = uuid.uuid4().hex
        parts = []
        for name, value in (hidden_fields(page.text, of_the_form_with=next(iter(values))) | values).items():
            file = isinstance(value, bytes)
            kind = '; filename="IMG_1.jpg"\r\nContent-Type: image/jpeg' if file else ""
            head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{kind}\r\n\r\n'
            parts.append(head.encode() + (value if file else value.encode()) + b"\r\n")
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        return self.ask(path, body, **{"Content-Type": f"multipart/form-data; boundary={edge}"})


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "form":
            self.forms.append({})
        elif facts.get("name") and self.forms and tag in ("input", "select", "textarea"):
            value = (facts.get("value") or "") if facts.get("type") == "hidden" else None
            self.forms[-1].setdefault(str(facts["name"]), value)


def hidden_fields(page: str, *, of_the_form_with: str) -> dict[str, str]:
    parser = _Forms()
    parser.feed(page)
    form = next(form for form in parser.forms if of_the_form_with in form)
    return {name: value for name, value in form.items() if value is not None}


def seen(what: str) -> None:
    print(f"  {what}", flush=True)


def expect(what: str, *, found: object, wanted: object) -> None:
    assert found == wanted, f"{what}: {found!r}, not {wanted!r}"
    seen(what)


def wait_for(what: str, is_so: Callable[[], object], seconds: float = 90) -> None:
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() < began + seconds, f"{what}: not after {seconds:.0f} s"
        time.sleep(0.3)
    seen(f"{what}, after {time.monotonic() - began:.1f} s")


def run(*command: str, **options: object) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]


def in_the_site(text: str) -> str:
    """What `manage.py shell` says to these lines of Python."""
    answer = run("portal", "shell", "--verbosity", "0", input=text)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip().splitlines()[-1]


# --- What is looked at


def everything() -> None:
    the_front()
    what_others_on_the_machine_read()
    the_first_sign_in()
    picture = a_photograph_from_form_to_wall()
    when_the_worker_dies(picture)
    when_the_site_is_away()


def the_front() -> None:
    stranger = Visitor()
    home = stranger.ask("/")
    expect("the home page answers 200 over https", found=home.status, wanted=200)
    expect(
        "and promises https for a year",
        found=home.headers["strict-transport-security"].split(";")[0],
        wanted="max-age=31536000",
    )
    ids = [stranger.ask("/").headers["x-request-id"] for _ in range(2)]
    expect("each answer has a request id of its own", found=len({*ids, home.headers["x-request-id"]}), wanted=3)
    log = Path("/var/log/nginx/portal.log")
    wait_for("which stands in nginx's log", lambda: all(one in log.read_text() for one in ids), 5)
    plain = stranger.ask(f"http://{HOST}/exhibitions/?q=1")
    wanted = (301, f"{ADDRESS}/exhibitions/?q=1")
    expect("http leads to https", found=(plain.status, plain.headers["location"]), wanted=wanted)
    told = run("curl", "--silent", "--head", "--output", "/dev/null", "--write-out", "%{http_version}", ADDRESS)
    expect("with HTTP/2", found=told.stdout, wanted="2")
    expect("/healthz says ok", found=stranger.ask("/healthz").text, wanted="ok")
    ready = stranger.ask("/readyz")
    expect("/readyz is 200", found=ready.status, wanted=200)
    seen(ready.text)
    (sheet, *_) = re.findall(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', home.text)
    static = stranger.ask(sheet)
    expect(
        "a style sheet by the name of its content is kept for good",
        found=(static.status, "immutable" in static.headers["cache-control"]),
        wanted=(200, True),
    )
    wanted = (413, "application/problem+json")
    much = stranger.ask("/api/gallery/v1/exhibits/", b"x" * 1_200_000)
    expect(
        "too much for the API is a problem+json", found=(much.status, much.headers["content-type"]), wanted=wanted
    )
    expect("which says 413", found=json.loads(much.body)["status"], wanted=413)
    much = stranger.ask("/search/", b"x" * 1_200_000)
    expect(
        "too much for a page is a kind page",
        found=(much.status, "That is more than fits" in much.text),
        wanted=(413, True),
    )


def what_others_on_the_machine_read() -> None:
    for user in ("www-data", "nobody"):
        for command in (["cat", ".env"], ["ls", "var/tmp"]):
            answer = run("runuser", "-u", user, "--", *command, cwd=SITE)
            expect(f"{user} cannot {' '.join(command)}", found=answer.returncode != 0, wanted=True)
    answer = run("runuser", "-u", "nobody", "--", "ls", "var", cwd=SITE)
    expect("nobody cannot look into var", found=answer.returncode != 0, wanted=True)
    # As the unit has it, since root's commands have no such walls.
    answer = run("nsenter", "--mount", "--target", main_process("portal-web"), "touch", f"{SITE}/cms/planted.py")
    expect("the web process cannot change its own code", found="Read-only" in answer.stderr, wanted=True)


def main_process(unit: str) -> str:
    return run("systemctl", "show", "--property", "MainPID", "--value", unit).stdout.strip()


def the_first_sign_in() -> None:
    admin = Visitor()
    answer = admin.send("/accounts/login/", login=ADMIN["email"], password=ADMIN["password"])
    expect(
        "the first account is asked for a code", found=answer.headers["location"], wanted="/accounts/confirm-email/"
    )
    mails: list[str] = []
    wait_for(
        "which comes by mail",
        lambda: mails.extend(one.read_text() for one in (SITE / "var/mail").glob("*")) or mails,
    )
    code = re.search(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", "\n".join(mails), re.MULTILINE)
    assert code, mails
    answer = admin.send("/accounts/confirm-email/", code=code[1])
    expect("and opens the site", found=answer.status, wanted=302)
    expect("the admin opens for it", found=admin.ask("/admin/").status, wanted=200)


A_CALL = """
import json
from allauth.account.models import EmailAddress
from cms.people.models import User
from tests.factories.exhibitions import CategoryFactory, make_exhibition
from tests.factories.people import DepartmentFactory
for name, facts in json.loads('''%s''').items():
    user = User.objects.create_user(facts["email"], facts["password"], name=facts["name"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
print(json.dumps([make_exhibition().slug, CategoryFactory().slug, DepartmentFactory().slug]))
"""
AN_APPROVAL = """
from django.utils import timezone
from cms.people.models import User
from gallery.models.entries import Entry
from gallery.services import reviews
by = User.objects.get(is_superuser=True)
reviews.approve(entry=Entry.objects.get(pk=%s), by=by, reason="Everything is cleared.", now=timezone.now())
print("approved")
"""


def a_photograph_from_form_to_wall() -> str:
    """Returns the address of its smallest public copy."""
    people = {"one": PHOTOGRAPHER, "other": {**PHOTOGRAPHER, "email": "otto@example.ac.uk"}}
    exhibition, category, department = json.loads(in_the_site(A_CALL % json.dumps(people)))
    owner, other, stranger = Visitor(), Visitor(), Visitor()
    for visitor, email in ((owner, PHOTOGRAPHER["email"]), (other, "otto@example.ac.uk")):
        answer = visitor.send("/accounts/login/", login=email, password=PHOTOGRAPHER["password"])
        expect(
            f"{email} signs in with a password",
            found=(answer.status, answer.headers["location"]),
            wanted=(302, "/desk/start/"),
        )
    words = {
        "title": "Four Necks",
        "caption": "A flask with four necks, made in one sitting.",
        "alt_text": "A glass flask with four necks glows against a black background.",
        "technique": "One lamp behind a sheet of paper.",
        "category": category,
        "department": department,
        "taken_on": "2026-03",
        "licence": "cc-by-4.0",
        "credit_name": "full",
        "people": "none",
        "work_made": "yes",
        "edited": "no",
        **dict.fromkeys(
            ["clear_people", "clear_place", "clear_safety", "clear_confidential", "clear_rights"], "yes"
        ),
        "action": "submit",
    }
    photo = Path("/book/photo.jpg").read_bytes()
    answer = owner.send(f"/exhibitions/{exhibition}/enter/", photo=photo, **words)
    assert len(photo) > 2_500_000  # Django keeps less in memory
    expect(f"a photograph of {len(photo) / 1e6:.1f} MB is sent in", found=answer.status, wanted=302)
    found = re.search(r"/desk/entries/(\d+)/", answer.headers["location"])
    assert found, answer.headers["location"]
    preview = f"/desk/entries/{found[1]}/preview/"
    wait_for("the worker makes its preview", lambda: owner.ask(preview).status == 200)
    answer = owner.ask(preview)
    expect(
        "which nginx sends to its owner, from the private folder",
        found=(answer.headers["content-type"], answer.body[:2], answer.headers["content-security-policy"]),
        wanted=("image/jpeg", b"\xff\xd8", "default-src 'none'; sandbox"),
    )
    expect("to nobody else who is signed in", found=other.ask(preview).status, wanted=404)
    expect("to no stranger", found=stranger.ask(preview).status, wanted=302)
    (file,) = (SITE / "var/private/previews").iterdir()
    refused = {
        stranger.ask(f"/{folder}/previews/{file.name}").status for folder in ("private-files", "media", "private")
    }
    expect("and not by its path", found=refused, wanted={404})
    wanted = {"portal:portal 640"}
    modes = {owner_and_mode(one) for one in (SITE / "var/private").rglob("*") if one.is_file()}
    expect("private files are for the site and its group", found=modes, wanted=wanted)
    counted = [*(SITE / "var/tmp").glob("portal-pictures-*")], [*Path("/tmp").rglob("portal-pictures-*")]
    expect("web and worker count open pictures together", found=[*map(len, counted)], wanted=[1, 0])
    in_the_site(AN_APPROVAL % found[1])
    exhibits = "/api/gallery/v1/exhibits/"
    wait_for("approved, it is on the wall", lambda: json.loads(stranger.ask(exhibits).body)["items"])
    sources = json.loads(stranger.ask(exhibits).body)["items"][0]["image"]["sources"]
    for source in (sources[0], sources[-1]):
        answer = stranger.ask(source["url"])
        found_now = (answer.status, answer.headers["content-type"], len(answer.body))
        expect(
            f"{source['type']}, {source['width']} px wide",
            found=found_now,
            wanted=(200, source["type"], source["bytes"]),
        )
    folders = {owner_and_mode(one) for one in (SITE / "var/public").rglob("*") if one.is_dir()}
    expect("public folders are for the site and its group", found=folders, wanted={"portal:portal 750"})
    return sources[0]["url"]


def owner_and_mode(path: Path) -> str:
    return f"{path.owner()}:{path.group()} {path.stat().st_mode & 0o777:o}"


def when_the_worker_dies(picture: str) -> None:
    before = main_process("portal-worker")
    run("systemctl", "kill", "--signal", "KILL", "portal-worker")
    wait_for("a worker that is killed is back", lambda: main_process("portal-worker") not in (before, "0"))
    answer = run("systemctl", "start", "portal-tend.service")
    expect("the timer's round does its work", found=(answer.returncode, answer.stderr), wanted=(0, ""))
    began = time.monotonic()
    run("systemctl", "restart", "portal-worker")
    seen(f"the worker starts anew within {time.monotonic() - began:.1f} s")
    assert time.monotonic() < began + 20
    expect("the picture is where it was", found=Visitor().ask(picture).status, wanted=200)


def when_the_site_is_away() -> None:
    stranger = Visitor()
    run("systemctl", "stop", "portal-web")
    time.sleep(1.5)  # until nginx has forgotten the pages it keeps
    answer = stranger.ask("/exhibitions/")
    found = (
        answer.status,
        answer.headers["retry-after"],
        answer.headers["content-type"],
        "Back in a minute" in answer.text,
    )
    expect("away, it says so kindly", found=found, wanted=(502, "60", "text/html; charset=utf-8", True))
    answer = stranger.ask("/api/gallery/v1/exhibits/")
    facts = json.loads(answer.body)
    found = (
        answer.status,
        answer.headers["content-type"],
        answer.headers["retry-after"],
        facts["status"],
        facts["title"],
    )
    expect(
        "and to programs in their form",
        found=found,
        wanted=(502, "application/problem+json", "60", 502, "Bad gateway"),
    )
    run("systemctl", "start", "portal-web")
    expect("started again, it is ready at once", found=stranger.ask("/readyz").status, wanted=200)
    Path(f"{SITE}/var/static/staticfiles.json").unlink()
    run("systemctl", "restart", "portal-web")
    expect("without its list of static files, too", found=stranger.ask("/search/").status, wanted=200)


def commit_something() -> None:
    repository = Path("/book/repository")
    (repository / "docs/newer.md").write_text("A newer version.\n")
    for command in (
        ["add", "--all"],
        ["-c", "user.name=n", "-c", "user.email=n@example.ac.uk", "commit", "-qm", "Newer"],
    ):
        subprocess.run(["git", "-C", repository, *command], check=True)


def after_the_update() -> None:
    expect("the code is newer", found=(SITE / "docs/newer.md").exists(), wanted=True)
    expect("the home page answers", found=Visitor().ask("/").status, wanted=200)
    exhibits = json.loads(Visitor().ask("/api/gallery/v1/exhibits/").body)["items"]
    expect("the picture is still there", found=len(exhibits), wanted=1)
    units = ("portal-web", "portal-worker", "portal-tend.timer")
    expect("everything runs", found=run("systemctl", "is-active", *units).stdout.split(), wanted=["active"] * 3)
    with contextlib.suppress(FileNotFoundError):
        errors = Path("/var/log/nginx/portal-error.log").read_text()
        expect("nginx has nothing to complain of", found=errors, wanted="")
