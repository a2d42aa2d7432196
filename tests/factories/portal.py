"""Pages of the portal, one function for each type."""

from home.models import DepartmentsPage, HomePage, PeoplePage


def make_people_page(**facts: object) -> PeoplePage:
    page = PeoplePage(**{"title": "People", **facts})
    return HomePage.objects.get().add_child(instance=page)


def make_departments_page(**facts: object) -> DepartmentsPage:
    page = DepartmentsPage(**{"title": "Departments", **facts})
    return HomePage.objects.get().add_child(instance=page)
