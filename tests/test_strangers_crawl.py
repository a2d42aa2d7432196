"""A stranger follows every link of the site, with one entry in every state behind it. No private table is touched.

Seen by a watch on the SQL, and on PostgreSQL by a role that may not read them.
"""

import pytest
from django.db import connection

from gallery.management import auditing
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibition
from tests.strangers import PUBLIC_TABLES, only_public_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(work):
    on_show = make_exhibition(title="Steady Hands", slug="steady-hands")
    for number in range(3):
        make_entry("hung", exhibition=on_show, title=f"Hung {number}")
    kept = make_exhibition(slug="in-the-making", hang="by-curator")
    for state in ("draft", "in-review", "on-hold", "changes-asked", "refused", "approved", "withdrawn"):
        make_entry(state, exhibition=kept)
    work()


def visited(walk: auditing.Walk) -> set[str]:
    """Kinds of addresses that were met, so that a crawl that saw nothing cannot pass."""
    return {address.split("?")[0].strip("/").split("/")[0] for address in walk.bodies}


def test_no_request_of_a_stranger_touches_a_private_table(world):
    with only_public_tables() as statements:
        walk = auditing.Walk().run()
    assert walk.problems == []
    assert visited(walk) >= {"", "exhibitions", "search", "api"}
    assert len([address for address in walk.bodies if address.startswith("/exhibitions/steady-hands/")]) >= 4
    assert len(statements) > 20


def test_the_site_works_for_a_database_role_that_cannot_read_private_tables(world):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles")
    with connection.cursor() as cursor:
        tables = PUBLIC_TABLES & set(connection.introspection.table_names(cursor))
        cursor.execute("CREATE ROLE stranger NOLOGIN")
        cursor.execute("GRANT USAGE ON SCHEMA public TO stranger")
        cursor.execute(f"GRANT SELECT ON {', '.join(sorted(tables))} TO stranger")
        cursor.execute("SET LOCAL ROLE stranger")
    try:
        walk = auditing.Walk().run()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    assert walk.problems == []
    assert visited(walk) >= {"", "exhibitions", "search", "api"}
