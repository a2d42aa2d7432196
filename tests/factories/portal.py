"""Pages of the portal, one function for each type."""

from home.commitment.models import SteeringGroupPage, SteeringMember
from home.pages.models import HomePage
from home.technicians.models import CaseStudyIndexPage, CaseStudyPage, DepartmentsPage, PeoplePage


def make_people_page(**facts: object) -> PeoplePage:
    page = PeoplePage(**{"title": "People", **facts})
    return HomePage.objects.get().add_child(instance=page)


def make_departments_page(**facts: object) -> DepartmentsPage:
    page = DepartmentsPage(**{"title": "Departments", **facts})
    return HomePage.objects.get().add_child(instance=page)


def make_story(**facts: object) -> CaseStudyPage:
    """A live story under the one index of stories, which is made if need be."""
    index = CaseStudyIndexPage.objects.first()
    if index is None:
        index = HomePage.objects.get().add_child(instance=CaseStudyIndexPage(title="Stories", slug="stories"))
    number = CaseStudyPage.objects.count()
    story = CaseStudyPage(**{"title": f"Story {number}", "slug": f"story-{number}", **facts})
    return index.add_child(instance=story)


def make_steering_group(*members: SteeringMember) -> SteeringGroupPage:
    page = SteeringGroupPage(title="The steering group", slug="steering-group")
    page.members = list(members)
    return HomePage.objects.get().add_child(instance=page)
