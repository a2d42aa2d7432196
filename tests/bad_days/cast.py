"""What the tests have done inside the installation, with its settings and in its database.

Tests import nothing from here: the factories would go on counting as they do here.
"""

import itertools
import time

from allauth.account.models import EmailAddress

from cms.people.models import User
from gallery.models.exhibitions import Category, ExhibitionPage
from tests.bad_days.house import PASSWORD, SLUG, noise
from tests.factories import exhibitions, people
from tests.factories.entries import make_entry

# Each process numbers anew, and all of them fill one database.
_first = time.time_ns() // 1000
exhibitions._numbers = itertools.count(_first)
for _factory in (people.UserFactory, people.DepartmentFactory, exhibitions.CategoryFactory):
    _factory.reset_sequence(_first)


def make_edition() -> None:
    exhibitions.make_exhibition(slug=SLUG, title="Bad days", entries_per_person=99)
    people.DepartmentFactory(slug="glass")
    exhibitions.CategoryFactory(slug="made")


def photographer(email: str) -> User:
    person, is_new = User.objects.get_or_create(email=email, defaults={"name": "Phil Flash"})
    if is_new:
        person.set_password(PASSWORD)
        person.save()
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def photograph(state: str, *, number: int = 1, by: str = "phil@portal.example", slow: bool = False) -> None:
    """Prints the ids of so many entries in that state."""
    edition, owner = ExhibitionPage.objects.get(slug=SLUG), photographer(by)
    made = [
        make_entry(
            state,
            exhibition=edition,
            photographer=owner,
            photo=noise() if slow else None,
            category=Category.objects.get(slug="made"),
        )
        for _ in range(number)
    ]
    print(*[entry.pk for entry in made])
