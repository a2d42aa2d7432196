from urllib.parse import unquote

import pytest
from django.test import Client

from gallery.services import coverage
from tests.factories.entries import make_entry
from tests.factories.exhibitions import make_exhibit, make_exhibition
from tests.factories.people import (
    DepartmentFactory,
    RoleFamilyFactory,
    TechnicianFactory,
    curator,
    moderator,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def estates():
    department = DepartmentFactory(name="Estates", technician_count=28)
    family = RoleFamilyFactory(name="Maintenance")
    shown = TechnicianFactory(
        name="Tariq", slug="tariq", department=department, role_family=family, profile_public=True
    )
    TechnicianFactory(name="Delroy", department=department, role_family=family)
    TechnicianFactory(name="Wen", department=department, role_family=family, user=None)
    make_exhibit(make_exhibition(), photographer_slug="tariq")
    make_entry("in-review", photographer=shown.user)
    make_entry("draft", photographer=shown.user)
    return department


def test_a_department_says_how_many_of_its_people_are_seen(estates):
    [one] = [found for found in coverage.by_department() if found.name == "Estates"]
    assert one.sentence == "Estates: 1 of 28 has a profile"
    assert (len(one.known), one.shown, one.entrants, one.exhibits) == (3, 1, 1, 1)
    assert [technician.name for technician in one.to_invite] == ["Delroy", "Wen"]


def test_a_kind_of_work_counts_those_we_know(estates):
    RoleFamilyFactory(name="Nobody yet")
    found = {one.name: one.sentence for one in coverage.by_role_family()}
    assert found["Maintenance"] == "Maintenance: 1 of 3 has a profile"
    assert found["Nobody yet"] == "Nobody yet: 0 of 0 have a profile"


def test_an_invitation_is_a_mail_to_those_with_an_address(estates):
    [one] = [found for found in coverage.by_department() if found.name == "Estates"]
    delroy, wen = one.to_invite
    mail = coverage.invitation([delroy], sender="Dele")
    assert mail.startswith(f"mailto:{delroy.user.email}?subject=")
    assert "https://portal.example/desk/profile/" in unquote(mail)
    assert coverage.invitation([wen], sender="Dele") == ""


def test_co_ordinators_see_the_report_and_others_do_not(estates):
    client = Client()
    client.force_login(curator())
    assert "/admin/reports/coverage/" in client.get("/admin/").content.decode()
    text = client.get("/admin/reports/coverage/").content.decode()
    assert "Estates: 1 of 28 has a profile" in text
    assert "Delroy</a>" in text
    other = Client()
    other.force_login(moderator())
    assert "/admin/reports/coverage/" not in other.get("/admin/").content.decode()
    assert "Delroy" not in other.get("/admin/reports/coverage/", follow=True).content.decode()
