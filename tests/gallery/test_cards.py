"""What a card on any page says, byte for byte, and that nothing of how it is stored reaches a browser."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from cms.core.addresses import PLACEHOLDER
from cms.core.text import clean
from cms.people.profiles import bring_into_step
from gallery import cards
from gallery.blocks import ExhibitBlock
from gallery.management.auditing import Walk
from gallery.models.exhibits import Exhibit, ExhibitLabel
from tests.factories.commitment import ThemeFactory, make_theme_page
from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
from tests.factories.people import DepartmentFactory, TechnicianFactory
from tests.factories.portal import make_departments_page, make_people_page

pytestmark = pytest.mark.django_db


def card(exhibit: Exhibit, *, row: str = "", lead: str = "", eager: bool = False) -> str:
    """As browsers have always been given it."""
    width, height = exhibit.width, exhibit.height
    auto = "" if eager else "auto, "
    sizes = f"{auto}{lead}(min-width: 40rem) calc(max(14rem, 20vw) * {width} / {height}), 94vw"
    avif, jpeg = (
        ", ".join(f"/media/exhibits/x/{edge}.{ending} {edge}w" for edge in (320, 640, 1024))
        for ending in ("avif", "jpg")
    )
    loads = 'fetchpriority="high"' if eager else 'loading="lazy"'
    return (
        f'<li class="card" id="{exhibit.pk}"'
        f' style="{row}--ratio:{width}/{height};--tone:{exhibit.colour};--name:e-{exhibit.pk}"><picture>'
        f'<source type="image/avif" srcset="{avif}" sizes="{sizes}">'
        f'<img src="/media/exhibits/x/640.jpg" srcset="{jpeg}" sizes="{sizes}" width="{width}" height="{height}"'
        f' alt="{exhibit.alt_text}" {loads} decoding="async"></picture>'
        f'<a href="{exhibit.path}"><span class="card-title">{exhibit.title}</span>'
        f' <span class="card-maker">{exhibit.photographer_name}</span></a></li>\n'
    )


def cards_on(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.findall(r'<li class="card".*?</li>\n', answer.content.decode(), re.DOTALL)


def test_on_the_wall_each_knows_its_row_and_the_first_loads_at_once(client: Client) -> None:
    edition = make_exhibition()
    made = [make_exhibit(edition, **shape) for shape in ({}, {"width": 2000, "height": 3000}, {})]
    lead = "(min-width: 40rem) calc(min(94vw, 86vh * 1.500) * 1.000), "
    great = card(made[0], row="--n:1;--in:1.500;--m:1;--im:1.500;", lead=lead, eager=True)
    row = "--n:2;--in:2.801;--m:2;--im:2.167;"
    address = f"/exhibitions/{edition.slug}/"
    assert cards_on(client, address) == [great, *(card(exhibit, row=row) for exhibit in made[1:])]
    narrowed = cards_on(client, f"{address}?order=title")
    assert [one for one in narrowed if "86vh" in one] == []


def test_only_the_first_one_found_loads_at_once(client: Client) -> None:
    edition, category, department = make_exhibition(), CategoryFactory(), DepartmentFactory()
    facts = {"category": category, "department": department, "caption": "A lathe turns."}
    made = [make_exhibit(edition, hung_at=timezone.now(), **facts) for _ in range(2)]
    newest, older = reversed(made)
    assert cards_on(client, "/search/?q=lathe") == [card(newest, eager=True), card(older)]


def test_elsewhere_a_card_loads_when_it_comes_near(client: Client) -> None:
    make_departments_page()
    make_people_page()
    department = DepartmentFactory(name="Glass Workshop", slug="glass")
    technician = TechnicianFactory(slug="a-example", department=department, profile_public=True)
    bring_into_step(technician)
    edition = make_exhibition()
    tall = {"width": 2000, "height": 3000, "department": department}
    older, newer = (make_exhibit(edition, **tall) for _ in range(2))
    ExhibitLabel.objects.create(exhibit=older, kind="tag", slug="repair", name="repair")
    theme = make_theme_page(ThemeFactory(), photograph_tag="repair")
    assert cards_on(client, "/") == [card(newer), card(older)]
    assert cards_on(client, "/departments/glass/") == [card(newer), card(older)]
    assert cards_on(client, "/people/a-example/") == [card(older)]  # the newest stands at the top, large
    assert cards_on(client, newer.path) == [card(older)]
    assert cards_on(client, theme.address) == [card(older)]
    theme.photographs = [("exhibit", newer)]
    theme.save_revision().publish()
    assert cards_on(client, theme.address) == [card(newer)]


def test_a_block_without_a_template_shows_the_card() -> None:
    exhibit = make_exhibit(make_exhibition())
    assert ExhibitBlock().render_basic(exhibit).replace(' dir="auto"', "") == card(exhibit)
    assert ExhibitBlock().render_basic(None) == ""


def test_every_placeholder_is_stored_and_none_reaches_a_browser() -> None:
    """On any page of a site with a card wherever one can be."""
    make_departments_page()
    make_people_page()
    department = DepartmentFactory(slug="glass")
    bring_into_step(TechnicianFactory(slug="a-example", department=department, profile_public=True))
    edition = make_exhibition(slug="steady-hands")
    made = [make_exhibit(edition, department=department, title="Four Necks") for _ in range(3)]
    theme = make_theme_page(ThemeFactory(), photographs=[("exhibit", made[0])])
    assert set(PLACEHOLDER.findall(made[0].card)) >= set(cards.PLACEHOLDERS.values())
    walk = Walk().run()
    showing = {address for address, text in walk.bodies.items() if '<li class="card"' in text}
    expected = {"/", "/exhibitions/steady-hands/", "/departments/glass/", "/people/a-example/", theme.address}
    assert showing >= expected | {exhibit.path for exhibit in made}
    assert [address for address, text in walk.bodies.items() if PLACEHOLDER.search(text)] == []
    found = Client().get("/search/?q=necks").content.decode()
    assert found.count('<li class="card"') == 3
    assert PLACEHOLDER.search(found) is None


def test_people_cannot_type_a_placeholder() -> None:
    assert clean("a" + "".join(cards.PLACEHOLDERS.values()) + "\ue000\ue001\ue00f\0z") == "az"
