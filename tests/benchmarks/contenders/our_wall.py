"""`FEW MANY`: CPU for a page of 24 on walls of so many pictures, and for the least any Django could do instead: a
view without middleware that joins the same stored cards, asked for in one query. They take turns in one process."""

import json
import sys
from collections.abc import Callable
from functools import partial
from itertools import cycle
from time import process_time

ROUNDS, REQUESTS = 9, 25


def main() -> None:
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        print(json.dumps(measured(*map(int, sys.argv[1:3]))))
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def fill(pictures: int):
    """An edition on show with three rooms; every tenth picture stands upright."""
    from django.utils import timezone

    from gallery.models.exhibits import Exhibit, ExhibitLabel
    from tests.factories.exhibitions import CategoryFactory, make_exhibit, make_exhibition
    from tests.factories.people import DepartmentFactory

    now = timezone.now()
    rooms = [
        {"title": f"Room {place}", "words": "Words on the wall. " * 8, "from_place": place} for place in (0, 9, 18)
    ]
    edition = make_exhibition(
        on_show_from=now - timezone.timedelta(days=1),
        closes_at=now - timezone.timedelta(days=9),
        opens_at=now - timezone.timedelta(days=99),
        rooms=[("room", room) for room in rooms],
    )
    categories, departments = CategoryFactory.create_batch(6), DepartmentFactory.create_batch(12)
    copies, labels = [], []
    for place in range(pictures):
        facts = {"width": 2000, "height": 3000, "orientation": "portrait"} if place % 10 == 0 else {}
        if place < 24:
            exhibit = make_exhibit(
                edition,
                wall_order=place,
                category=categories[place % 6],
                department=departments[place % 12],
                photographer_slug=f"maker-{place % 20}",
                photographer_name=f"Maker {place % 20}",
                **facts,
            )
            copies.append(exhibit)
        else:
            source = copies[place % 24]
            copy = Exhibit(
                **{field.attname: getattr(source, field.attname) for field in Exhibit._meta.concrete_fields}
            )
            copy.public_id, copy.wall_order = f"Y{edition.pk % 100:02d}{place:06d}", place
            copy.card = copy.card.replace(source.public_id, copy.public_id)
            copies.append(copy)
        labels += [
            ExhibitLabel(exhibit_id=copies[-1].pk, kind="tag", slug=f"tag-{n}", name=f"Tag {n}")
            for n in {place % 7, place % 11, place % 30}
        ]
    Exhibit.objects.bulk_create(copies[24:], batch_size=100)
    ExhibitLabel.objects.bulk_create(labels, batch_size=300)
    return edition


def measured(few: int, many: int) -> dict:
    from django.core import signals
    from django.db import close_old_connections, connection
    from django.http import HttpResponse
    from django.template import engines
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    from cms.wsgi import application
    from gallery.cards import fill_card
    from gallery.models.exhibits import Exhibit
    from gallery.public.wall import index

    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    editions = {"few": fill(few), "many": fill(many)}
    requests = RequestFactory()
    page = "<!doctype html><title>{{ title }}</title><ul>{% for card in cards %}{{ card|safe }}{% endfor %}</ul>"
    template = engines["django"].from_string(page)

    def ours(size: str, query: str = "") -> bytes:
        said: list[str] = []
        environ = requests.get(f"/exhibitions/{editions[size].slug}/{query}").environ
        answer = application(environ, lambda status, headers: said.append(status))
        assert said == ["200 OK"], said
        return b"".join(answer)

    def bare() -> bytes:
        requests.get("/bare/")
        stored = Exhibit.objects.filter(exhibition=editions["few"].pk).order_by("wall_order", "public_id")
        first = stored.values_list("card", flat=True)[:24]
        shown = [fill_card(card, eager=place == 0) for place, card in enumerate(first)]
        return HttpResponse(template.render({"title": "A wall", "cards": shown})).content

    def afresh(size: str) -> bytes:
        index.CACHE.forget()
        return ours(size)

    category = {size: edition.exhibits.first().category.slug for size, edition in editions.items()}
    numbers = cycle(range(30))

    def narrowed(size: str) -> bytes:
        return ours(size, f"?tag=tag-{next(numbers)}&order=title&category={category[size]}")

    asked: dict[str, tuple[Callable[[], bytes], int]] = {"bare": (bare, REQUESTS)}
    for size in editions:
        asked[size] = (partial(ours, size), REQUESTS)
        asked[f"narrowed {size}"] = (partial(narrowed, size), REQUESTS)
        asked[f"after a tick {size}"] = (partial(afresh, size), 2)
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, (ask, times) in asked.items():
            ask()  # what the one before has forgotten is read again
            started = process_time()
            for _ in range(times):
                ask()
            spent[name].append((process_time() - started) / times * 1000)
    queries = {}
    for size in editions:
        choice = f"?tag=tag-0&category={category[size]}"
        for name, query in (("whole", ""), ("narrowed", choice), ("words", "?q=hands")):
            ours(size, query)
            with CaptureQueriesContext(connection) as counted:
                ours(size, query)
            queries[f"{name} {size}"] = len(counted)
    cpu = {name: min(times) for name, times in spent.items()}
    return {"cpu": cpu, "queries": queries, "database": connection.vendor}


if __name__ == "__main__":
    main()
