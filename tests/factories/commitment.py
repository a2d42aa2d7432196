"""The Commitment, its plans and their actions."""

import datetime as dt
import itertools

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from home.commitment.models import Action, ActionPlanPage, CommitmentPage, ThemePage
from home.pages.models import HomePage
from home.topics.models import Theme

_numbers = itertools.count(1)


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    name = factory.Sequence(lambda n: f"Theme {n}")
    slug = factory.Sequence(lambda n: f"theme-{n}")
    line = "Everyone can see who we are."


def make_commitment(**facts: object) -> CommitmentPage:
    found = CommitmentPage.objects.first()
    if found is not None:
        return found
    page = CommitmentPage(**{"title": "Our Commitment", "slug": "our-commitment", **facts})
    return HomePage.objects.get().add_child(instance=page)


def make_plan(*actions: Action, **facts: object) -> ActionPlanPage:
    """A plan that is under way, unless told otherwise."""
    today = timezone.localdate()
    number = next(_numbers)
    page = ActionPlanPage(
        **{
            "title": f"Plan {number}",
            "slug": f"plan-{number}",
            "starts": today - dt.timedelta(days=400),
            "ends": today + dt.timedelta(days=400),
            **facts,
        }
    )
    page.actions.add(*actions)
    return make_commitment().add_child(instance=page)


def make_action(theme: Theme, **facts: object) -> Action:
    """An action that is on track and was updated today. It is saved with its plan."""
    today = timezone.localdate()
    number = next(_numbers)
    return Action(
        **{
            "ref": f"A{number}",
            "theme": theme,
            "what": f"Do thing {number}",
            "owner_role": "Glassblower",
            "starts": today - dt.timedelta(days=100),
            "ends": today + dt.timedelta(days=100),
            "status": "on-track",
            "updated_on": today,
            "sort_order": number,
            **facts,
        }
    )


def make_theme_page(theme: Theme, **facts: object) -> ThemePage:
    page = ThemePage(**{"title": theme.name, "slug": theme.slug, "theme": theme, **facts})
    return make_commitment().add_child(instance=page)
