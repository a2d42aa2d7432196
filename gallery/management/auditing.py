"""Walks the whole public site as a stranger would, and compares what it sees with what was cleared."""

import html
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.core.files.storage import storages
from django.test import Client

from cms.core.addresses import PLACEHOLDER
from cms.core.areas import CLOSED_TO_WALKS
from cms.images.metadata_audit import has_credit, leaks
from gallery.enums import EntryState
from gallery.models.consents import PicturedPerson
from gallery.models.entries import Entry
from gallery.models.exhibits import Exhibit
from gallery.services.reviews import uncleared

#: Where the walk begins; everything else is found by following what these pages name.
DOORS = (
    "/",
    "/exhibitions/",
    "/search/",
    "/api/gallery/v1/exhibitions/",
    "/api/gallery/v1/exhibits/?limit=100",
    "/api/gallery/v1/changes/",
    "/api/gallery/v1/openapi.json",
    "/api/v2/pages/?fields=*",
    "/api/v2/exhibits/",
    "/robots.txt",
    "/sitemap.xml",
)
#: Shorter words than this stand in honest texts too.
SHORTEST_SECRET = 12
MOST_PAGES = 20_000


@dataclass
class AuditReport:
    pages: int = 0
    files: int = 0
    exhibits: int = 0
    shared: int = 0
    with_credit: int = 0
    with_licence: int = 0
    with_alt: int = 0
    pictures_on_pages: int = 0
    pictures_without_alt: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Links(HTMLParser):
    """Every address a page names, and every picture without a description."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.pictures = 0
        self.silent = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        for name in ("href", "src", "action"):
            if facts.get(name) and tag != "form":
                self.found.append(facts[name] or "")
        if srcset := facts.get("srcset"):
            self.found += [part.split()[0] for part in srcset.split(",") if part.strip()]
        if tag == "meta" and (facts.get("content") or "").startswith(("/", settings.BASE_URL)):
            self.found.append(facts["content"] or "")
        if tag == "img":
            self.pictures += 1
            if facts.get("alt") is None:
                self.silent += 1


def addresses_in(value: object) -> Iterator[str]:
    """Every address in a JSON answer."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from addresses_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses_in(inner)
    elif isinstance(value, str) and value.startswith(("/", settings.BASE_URL)) and " " not in value:
        yield value


class Walk:
    """Follows links until there are no more. `bodies` keeps what was answered, by address."""

    def __init__(self) -> None:
        self.client = Client(
            raise_request_exception=False, SERVER_NAME=urlsplit(settings.BASE_URL).hostname or "localhost"
        )
        self.secure = settings.BASE_URL.startswith("https")
        self.bodies: dict[str, str] = {}
        self.media: set[str] = set()
        self.pictures = 0
        self.silent: list[str] = []
        self.problems: list[str] = []

    def run(self) -> "Walk":
        waiting = deque(DOORS)
        met = set(DOORS)
        while waiting and len(self.bodies) < MOST_PAGES:
            address = waiting.popleft()
            for found in self._visit(address):
                if found not in met:
                    met.add(found)
                    waiting.append(found)
        return self

    def _visit(self, address: str) -> list[str]:
        answer = self.client.get(address, secure=self.secure)
        body = answer.getvalue()
        if answer.status_code >= 500:
            self.problems.append(f"{address} answers {answer.status_code}.")
        if answer.status_code != 200:
            return [answer["Location"]] if answer.has_header("Location") and self._local(answer["Location"]) else []
        if answer.cookies:
            self.problems.append(f"{address} sets a cookie: {', '.join(answer.cookies)}.")
        kind = answer["Content-Type"].partition(";")[0]
        text = body.decode("utf-8", "replace")
        self.bodies[address] = text
        if kind == "text/html":
            links = Links(text)
            self.pictures += links.pictures
            if links.silent:
                self.silent.append(address)
            found = links.found
        elif kind.endswith("json"):
            found = list(addresses_in(json.loads(text)))
        elif kind.endswith("xml"):
            found = [
                html.unescape(link)
                for link in re.findall(r"<loc>([^<]+)</loc>|<link>([^<]+)</link>", text)
                for link in link
                if link
            ]
        else:
            found = []
        return [local for link in found if (local := self._local(urljoin(address, html.unescape(link))))]

    def _local(self, link: str) -> str:
        """The address within the site, or nothing for other sites, files and closed parts."""
        link = urldefrag(link)[0]
        if settings.MEDIA_URL.startswith("http") and link.startswith(settings.MEDIA_URL):
            self.media.add(link.removeprefix(settings.MEDIA_URL))
            return ""
        link = link.removeprefix(settings.BASE_URL)
        if not link.startswith("/") or link.startswith("//"):
            return ""
        if link.startswith(settings.MEDIA_URL):
            self.media.add(link.removeprefix(settings.MEDIA_URL))
            return ""
        if link.startswith(CLOSED_TO_WALKS) or link.rstrip("/").endswith("/enter") or _narrows_twice(link):
            return ""
        return link


def _narrows_twice(link: str) -> bool:
    """A list narrowed by two things at once shows nothing that it does not show narrowed by one of them, and
    there are thousands of such lists."""
    return not link.startswith("/api/") and len(parse_qs(urlsplit(link).query).keys() - {"page"}) > 1


def stored_files(folder: str = "") -> Iterator[str]:
    """Names of all files in public storage, linked to or not."""
    storage = storages["public"]
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        yield f"{folder}/{name}".lstrip("/")
    for inner in folders:
        yield from stored_files(f"{folder}/{inner}".lstrip("/"))


def secrets() -> dict[str, str]:
    """Words no stranger may read → whose they are. Words that hung exhibits use as well are nobody's secret."""
    spoken = "\n".join(Exhibit.objects.values_list("document", flat=True))
    found: dict[str, str] = {}
    for entry in Entry.objects.select_related("master", "photographer"):
        words = []
        if entry.state != EntryState.HUNG:
            words += [entry.title, entry.caption, entry.alt_text, entry.technique, entry.public_id]
        words.append(entry.reason)
        if entry.photographer is not None:
            words.append(entry.photographer.email)
        if entry.master is not None:
            master = entry.master
            words += [master.original_name, str(master.file.name), master.sha256, str(master.preview.name)]
        words += [person.email for person in PicturedPerson.objects.of(entry)]
        for word in words:
            if len(word) >= SHORTEST_SECRET and word not in spoken:
                found[word] = f"entry {entry.pk} ({entry.get_state_display()})"
        if entry.state == EntryState.WITHDRAWN:
            found.pop(entry.public_id, None)  # its id is the tombstone
    return found


def plain(text: str) -> str:
    """A page or an answer as a reader sees it: entities and JSON escapes resolved."""
    text = html.unescape(text)
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)


def audit() -> AuditReport:
    """The whole walk. Every problem found stands in the report as a sentence; none means that all is well."""
    walk = Walk().run()
    report = AuditReport(
        pages=len(walk.bodies),
        pictures_on_pages=walk.pictures,
        pictures_without_alt=walk.silent,
        problems=walk.problems,
    )
    report.problems += [f"{address} shows a picture without a description." for address in walk.silent]
    _check_words(walk, report)
    _check_exhibits(report)
    _check_files(walk, report)
    return report


def _check_words(walk: Walk, report: AuditReport) -> None:
    private = secrets()
    unshared = {
        word: exhibit.public_id
        for exhibit in Exhibit.objects.filter(is_shared=False)
        for word in (exhibit.public_id, exhibit.caption, exhibit.alt_text)
    }
    for address, text in walk.bodies.items():
        read = plain(text)
        report.problems += [f"{address} shows words of {whose}." for word, whose in private.items() if word in read]
        if PLACEHOLDER.search(read):
            report.problems.append(f"{address} shows a placeholder that nobody has filled.")
        if address.startswith(("/api/gallery/", "/api/v2/exhibits")):
            ids_may_stand = address.startswith("/api/gallery/v1/changes/")  # that it was taken back is said by id
            report.problems += [
                f"{address} shows {public_id}, which may not go to other sites."
                for word, public_id in unshared.items()
                if word in read and not (ids_may_stand and word == public_id)
            ]


def _check_exhibits(report: AuditReport) -> None:
    for exhibit in Exhibit.objects.all():
        report.exhibits += 1
        report.shared += exhibit.is_shared
        facts = json.loads(exhibit.document)
        report.with_credit += bool(facts["credit"])
        report.with_licence += bool(facts["licence"]["label"])
        report.with_alt += bool(facts["alt"])
        entry = Entry.objects.filter(public_id=exhibit.public_id).first()
        if entry is None:
            continue  # added for measuring, without an entry
        if entry.state != EntryState.HUNG:
            report.problems.append(
                f"{exhibit.public_id} is shown though its entry is “{entry.get_state_display()}”."
            )
        report.problems += [f"{exhibit.public_id} is shown uncleared: {what}" for what in uncleared(entry)]


def _check_files(walk: Walk, report: AuditReport) -> None:
    storage = storages["public"]
    ours = {source["key"] for sources in Exhibit.objects.values_list("sources", flat=True) for source in sources}
    for name in sorted(set(stored_files()) | walk.media | ours):
        report.files += 1
        if not storage.exists(name):
            report.problems.append(f"{name} is linked to but missing.")
            continue
        with storage.open(name) as file:
            data = file.read()
        report.problems += [f"{name} carries {what}." for what in leaks(data)]
        if name.startswith("exhibits/"):
            if name not in ours:
                report.problems.append(f"{name} is public, but no exhibit uses it.")
            elif not has_credit(data):
                report.problems.append(f"{name} carries no credit.")
