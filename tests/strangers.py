"""A stranger's view of the site: a client with no session, and a watch on the tables its requests touch."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client

#: Tables a request without a session may read. Anything else is a leak, whatever came out of it.
PUBLIC_TABLES = frozenset(
    """
    changes_change changes_kindversion
    commitment_action commitment_actionplanpage commitment_commitmentpage commitment_steeringgrouppage
    commitment_steeringmember commitment_themepage
    development_apprenticeshipcohort development_apprenticeshipindexpage development_apprenticeshippage
    development_apprenticeshippage_departments development_apprenticeshippage_role_families
    development_mentoringround development_mentoringschemepage development_networkpage
    development_opportunityindexpage development_opportunitypage
    events_eventindexpage events_eventpage events_eventpage_themes events_eventtag
    gallery_category gallery_exhibit gallery_exhibitionindexpage gallery_exhibitionpage
    gallery_exhibitionpage_categories gallery_exhibitlabel
    home_accessibilitypage home_homepage home_sectionpage home_standardpage
    news_articlepage news_articlepage_departments news_articlepage_themes news_articletag news_newsindexpage
    registration_licensingauthority registration_professionalbody registration_professionalbody_licensed_by
    registration_professionalbody_only_for registration_registerfinderpage registration_registerpage
    registration_registrationhubpage
    taggit_tag
    technicians_casestudyindexpage technicians_casestudypage technicians_departmentspage technicians_facility
    technicians_peoplepage
    topics_impactfigure topics_theme
    core_formerslug core_portalsettings
    search_synonym
    people_department people_profile people_rolefamily
    images_portalimage
    wagtailcore_page wagtailcore_site wagtailcore_locale wagtailcore_collection wagtailcore_pageviewrestriction
    wagtailredirects_redirect
    wagtailsearch_indexentry wagtailsearch_indexentry_fts
    django_content_type
    """.split()
)
_TABLES = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?([a-z_]+)"?', re.IGNORECASE)


class PrivateTableTouched(AssertionError):
    pass


def tables_in(sql: str) -> set[str]:
    """Names of the tables a statement reads or writes.

    >>> sorted(tables_in('SELECT a FROM "one" INNER JOIN "two" ON 1'))
    ['one', 'two']
    """
    return {name.lower() for name in _TABLES.findall(sql)} - {"select"}


@contextmanager
def only_public_tables() -> Iterator[list[str]]:
    """Raises `PrivateTableTouched` at the first statement that touches another table. Yields the statements."""
    seen: list[str] = []

    def watch(execute, sql, params, many, context):
        if private := tables_in(sql) - PUBLIC_TABLES:
            raise PrivateTableTouched(f"{', '.join(sorted(private))}: {sql[:300]}")
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def stranger() -> Client:
    return Client(headers={"accept": "text/html,application/json;q=0.9,*/*;q=0.8"})


def body(response) -> bytes:
    """The whole answer, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content
