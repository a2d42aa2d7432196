"""Pages with which people move on. Each stands under the home page or an index of its own."""

import datetime as dt
import itertools

from django.utils import timezone

from cms.people.models import Department
from home.development.models import (
    ApprenticeshipIndexPage,
    ApprenticeshipPage,
    MentoringRound,
    MentoringSchemePage,
    NetworkPage,
    OpportunityIndexPage,
    OpportunityPage,
)
from home.pages.models import HomePage

_numbers = itertools.count(1)


def make_opportunity_index(**facts: object) -> OpportunityIndexPage:
    page = OpportunityIndexPage(**{"title": "Opportunities", "slug": "opportunities", **facts})
    return HomePage.objects.get().add_child(instance=page)


def make_opportunity(under: OpportunityIndexPage, **facts: object) -> OpportunityPage:
    number = next(_numbers)
    page = OpportunityPage(
        **{
            "title": f"Opportunity {number}",
            "slug": f"opportunity-{number}",
            "kind": "placement",
            "summary": "Two weeks beside somebody good at it.",
            "audience": "Any grade",
            **facts,
        }
    )
    page = under.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_scheme(*, mentors: list[dict] | None = None, closes: dt.date | None = None) -> MentoringSchemePage:
    """`mentors` are {"profile": slug, "topics", "places"}; `closes` is the last day of the one round."""
    page = MentoringSchemePage(
        title="Mentoring",
        slug="mentoring",
        standfirst="Somebody who is not your manager.",
        mentors=[{"type": "mentor", "value": {"topics": [], "places": 1, **mentor}} for mentor in mentors or []],
    )
    page.rounds = [MentoringRound(name="Spring round", closes=closes)] if closes else []
    return HomePage.objects.get().add_child(instance=page)


def make_apprenticeship_index(**facts: object) -> ApprenticeshipIndexPage:
    page = ApprenticeshipIndexPage(**{"title": "Apprenticeships", "slug": "apprenticeships", **facts})
    return HomePage.objects.get().add_child(instance=page)


def make_apprenticeship(
    under: ApprenticeshipIndexPage, *, departments: list = (), role_families: list = (), cohorts: list = (), **facts
) -> ApprenticeshipPage:
    """Open for another week unless told otherwise."""
    number = next(_numbers)
    page = ApprenticeshipPage(
        **{
            "title": f"Apprenticeship {number}",
            "slug": f"apprenticeship-{number}",
            "summary": "Measure it, and mend it.",
            "length": "About two years",
            "applications_close": timezone.localdate() + dt.timedelta(days=7),
            **facts,
        }
    )
    page.departments, page.role_families, page.cohorts = departments, role_families, cohorts
    return under.add_child(instance=page)


def make_network(*, reps: list[tuple[Department, str | None]] = ()) -> NetworkPage:
    """`reps` are departments, each with the slug of a profile or None."""
    page = NetworkPage(
        title="The network",
        slug="network",
        standfirst="Most of whom have solved it.",
        reps=[
            {"type": "rep", "value": {"department": department.pk, "profile": profile}}
            for department, profile in reps
        ],
    )
    return HomePage.objects.get().add_child(instance=page)
