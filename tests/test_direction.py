"""Words of people run in the direction of their own letters (WCAG 1.3.2): wherever a public page shows a title, a
name, a caption, a quotation or a description, they stand in an element that takes its direction from them.

Every text that the public can read is given a Hebrew beginning, and a stranger follows every link. A new page,
field or template is seen with them.
"""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Comment, Doctype, Tag
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone
from wagtail.fields import RichTextField, StreamField

from cms.core.process_cache import forget_everything
from cms.core.text import MadeTextField
from cms.images.models import PortalImage
from gallery.management import auditing
from gallery.models.exhibits import Exhibit
from gallery.services import exhibits
from home.commitment.models import SteeringMember
from home.pages.models import HomePage, StandardPage
from home.technicians.models import Facility
from tests.factories.commitment import ThemeFactory, make_action, make_plan, make_theme_page
from tests.factories.development import (
    make_apprenticeship,
    make_apprenticeship_index,
    make_network,
    make_opportunity,
    make_opportunity_index,
    make_scheme,
)
from tests.factories.entries import make_entry
from tests.factories.events import make_event, make_festival, session
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.news import make_article
from tests.factories.people import TechnicianFactory, UserFactory, moderator
from tests.factories.portal import make_departments_page, make_people_page, make_steering_group, make_story
from tests.factories.registration import (
    ImpactFigureFactory,
    LicensingAuthorityFactory,
    ProfessionalBodyFactory,
    make_finder,
    make_hub,
    make_register,
)
from tests.strangers import PUBLIC_TABLES

pytestmark = pytest.mark.django_db

HEBREW = "שלום"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
#: Set by programs, or said by the portal itself.
MADE = {"url_path", "path", "seo_title", "search_description", "draft_title", "document", "card", "search_text"}
MADE_TABLES = {"wagtailcore_site", "wagtailcore_locale", "wagtailcore_collection", "django_content_type"}
#: What may stand before the words in their element: marks of quotation, and what a credit line begins with.
BEFORE_WORDS = re.compile(r"[\s“‘(]*(?:Photo: )?")
#: Browsers direct these by what is typed or chosen, or do not show them at all.
ELSEWHERE = {"title", "script", "style", "option", "textarea", "template", "noscript"}


def begun(value: object) -> object:
    """Every text in a value of a stream with a Hebrew beginning. Keys, addresses and choices have no capital."""
    if isinstance(value, dict):
        if set(value) >= {"type", "value"}:
            return {**value, "value": begun(value["value"])}
        return {key: begun(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [begun(inner) for inner in value]
    if isinstance(value, str) and re.match(r"(<[^>]+>)*[A-Z]", value):
        return re.sub(r"^((?:<[^>]+>)*)", rf"\1{HEBREW} ", value)
    return value


def begin_everything_in_hebrew() -> None:
    for model in apps.get_models():
        table = model._meta.db_table
        if table not in PUBLIC_TABLES - MADE_TABLES or table.startswith(
            ("changes_", "wagtailsearch_", "core_former")
        ):
            continue
        fields = [field for field in model._meta.local_fields if is_text(field)]
        for row in model._base_manager.all():
            for field in fields:
                value = getattr(row, field.attname)
                if isinstance(field, StreamField):
                    raw = begun(value.get_prep_value())
                    setattr(row, field.attname, field.to_python(raw))
                elif value:
                    longest = getattr(field, "max_length", None)
                    setattr(row, field.attname, str(begun(value[:1].upper() + value[1:]))[:longest])
            model._base_manager.filter(pk=row.pk).update(
                **{field.attname: getattr(row, field.attname) for field in fields}
            )
    for exhibit in Exhibit.objects.all():
        exhibits.write(exhibit)
    forget_everything()


def is_text(field: models.Field) -> bool:
    kinds = (models.CharField, models.TextField, StreamField, RichTextField)
    odd = (models.SlugField, models.EmailField, models.URLField, MadeTextField)
    told = isinstance(field, kinds) and not isinstance(field, odd) and not field.choices
    return told and not field.primary_key and field.name not in MADE and not field.unique


def undirected(page: str) -> Iterator[str]:
    """What stands in Hebrew where an English direction holds."""
    soup = BeautifulSoup(page, "html.parser")
    for text in soup.body.find_all(string=RIGHT_TO_LEFT):
        if isinstance(text, Comment | Doctype) or text.find_parent(ELSEWHERE):
            continue
        holder = text.find_parent(directs)
        if holder is None or not RIGHT_TO_LEFT.match(BEFORE_WORDS.sub("", holder.get_text(), count=1)):
            yield f"{' > '.join(named(one) for one in [*text.parents][2::-1])}: {text.strip()[:60]}"
    for element in soup.body.find_all(alt=RIGHT_TO_LEFT):
        if not directs(element):
            yield f"description of {named(element)}: {element['alt'][:40]}"


def directs(element: Tag) -> bool:
    return element.name == "bdi" or element.get("dir") == "auto"


def named(element: Tag) -> str:
    return ".".join([element.name, *element.get("class", [])])


@pytest.fixture
def world(work) -> None:
    now, day = timezone.now(), dt.timedelta(days=1)
    home = HomePage.objects.get()
    make_people_page(standfirst="Meet them.")
    make_departments_page(standfirst="Where they work.")
    image = PortalImage.objects.create(
        title="Rig", alt_text="A rig.", creator="Ann", file="rig.jpg", width=640, height=480, colour="#112233"
    )
    image.sources = [
        {"type": mime, "width": 640, "height": 480, "key": f"library/a.{ending}", "bytes": 9}
        for mime, ending in (("image/avif", "avif"), ("image/jpeg", "jpg"))
    ]
    image.save()
    person = TechnicianFactory(
        user=UserFactory(name="Ann"),
        name="Ann",
        profile_public=True,
        bio="I blow glass.",
        quote="It is only sand.",
        top_tip="Breathe.",
        portrait=image,
    )
    person.department.faculty, person.department.blurb, person.department.campus = "Science", "Glass.", "North"
    person.department.save()
    Facility.objects.create(
        name="Glass shop", slug="glass-shop", department=person.department, what="Glass.", access="Ask first."
    )
    shown = make_exhibition(
        title="Steady Hands",
        slug="steady-hands",
        closes_at=now - day,
        on_show_from=now - day,
        venues=[{"type": "venue", "value": {"name": "Foyer", "access": "Level floor."}}],
    )
    call = make_exhibition(title="Half Built", slug="half-built")
    hung = [
        make_exhibit(
            shown, department=person.department, photographer_slug=person.slug, technique="One lamp.", **words
        )
        for words in (
            {"title": "Four Necks", "long_description": "At length."},
            {"title": "Pour"},
            {"title": "Rest"},
        )
    ]
    for exhibit in hung:
        exhibits.label(exhibit, awards=["Grand prize"], tags=["Glass"])
        exhibits.write(exhibit)
    body = [
        ("heading", "A heading"),
        ("paragraph", "<p>A paragraph.</p>"),
        ("exhibit", hung[0]),
        ("picture", {"image": image, "caption": "A caption."}),
        ("quote", {"text": "A quotation.", "speaker": "Ann", "post": "Glassblower", "portrait": image}),
        ("call_to_action", {"words": "Come along.", "button": "Book", "page": home, "address": ""}),
        ("latest_news", {"title": "The newest", "number": 3}),
        ("upcoming_events", {"heading": "What comes", "number": 3}),
    ]
    home.add_child(instance=StandardPage(title="A page", slug="page", standfirst="Read on.", body=body))
    make_article(title="Open Day", byline="Ann Other", tags=("Glass",), body=body, notes_for_editors="Call us.")
    make_article(title="Second")
    make_event(title="Talk", standfirst="Come.", tags=("Glass",), access="Level floor.")
    make_festival(programme=[session("2027-06-28", "10:00", "11:00", "Opening", "Network", place="Foyer")])
    make_story(title="A story", standfirst="Hers.", pull_quote="It is sand.", profile_id=person.slug)
    theme = ThemeFactory()
    plan = make_plan(make_action(theme, progress="Begun."), standfirst="Ours.")
    make_theme_page(theme)
    make_steering_group(SteeringMember(name="Ann Other", post="Chair", role_in_group="Chair", top_tip="Breathe."))
    make_opportunity(make_opportunity_index(standfirst="Go."), hours="A day")
    make_apprenticeship(make_apprenticeship_index(standfirst="Learn."), departments=[person.department])
    make_scheme(mentors=[{"profile": person.slug, "topics": ["Glass"]}], closes=timezone.localdate() + day)
    make_network(reps=[(person.department, person.slug)])
    hub = make_hub(contact_name="Ann")
    ProfessionalBodyFactory(licensed_by=[LicensingAuthorityFactory()], who="Everybody.", contact_name="Ann")
    make_register(hub)
    make_finder(hub)
    ImpactFigureFactory()
    assert plan.live
    assert call.live
    work()


def test_every_public_page_directs_peoples_words_by_their_letters(world) -> None:
    begin_everything_in_hebrew()
    walk = auditing.Walk().run()
    assert walk.problems == []
    pages = {path: body for path, body in walk.bodies.items() if "<html" in body[:200] and "/api/" not in path}
    found: dict[str, str] = {}
    for path, body in pages.items():
        for fault in undirected(body):
            found.setdefault(fault, path)
    assert found == {}, "\n".join(map(str, found.items()))
    assert len(pages) > 40
    assert sum(HEBREW in body for body in pages.values()) > 40


def test_the_desk_and_the_review_do_so_too(work) -> None:
    words = dict.fromkeys(("title", "caption", "alt_text", "technique"), f"{HEBREW} at the bench, in the evening")
    people = [{"name": f"{HEBREW} Ann", "email": "ann@calderwick.example", "channels": ["web"]}]
    person = UserFactory(name=f"{HEBREW} Bea")
    exhibition = make_exhibition(title=f"{HEBREW} Hands")
    entries = [
        make_entry(state, exhibition=exhibition, photographer=person, people=people, **words)
        for state in ("draft", "in-review", "changes-asked")
    ]
    work()
    desk, reviewer = Client(), Client()
    desk.force_login(person)
    reviewer.force_login(moderator())
    paths = ["/desk/", "/desk/details/", *(f"/desk/entries/{entry.pk}/" for entry in entries)]
    paths += [f"/desk/entries/{entry.pk}/edit/" for entry in (entries[0], entries[2])]
    found = [(path, fault) for path in paths for fault in undirected(desk.get(path).content.decode())]
    review = reviewer.get(f"/admin/snippets/gallery/entry/edit/{entries[1].pk}/").content.decode()
    main = str(BeautifulSoup(review, "html.parser").select_one(".review"))
    found += [("review", fault) for fault in undirected(f"<body>{main}</body>")]
    assert found == [], "\n".join(map(str, found))
    form = BeautifulSoup(desk.get(paths[-1]).content, "html.parser")
    typed = form.select("main input[type=text], main textarea")
    assert len(typed) > 4
    assert [field["name"] for field in typed if field.get("dir") != "auto"] == []


def test_text_nodes_are_seen_by_the_check() -> None:
    """It would see a name that is forgotten, and one that our own words lead."""
    said = [*undirected(f"<body><p>{HEBREW}</p><p dir=auto>By {HEBREW}</p><p dir=auto>“{HEBREW}”</p></body>")]
    assert len(said) == 2
