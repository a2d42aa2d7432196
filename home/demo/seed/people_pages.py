"""The list of people, the departments, and what they have for others to use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cms.people.models import Department, RoleFamily, Technician, User
from cms.people.questions import paired
from home.demo.seed.portal import Portal
from home.technicians.models import DepartmentsPage, Facility, PeoplePage

FILE = Path(__file__).parents[1] / "people.json"


def seed(content: dict[str, Any], portal: Portal) -> None:
    words = json.loads(FILE.read_text(encoding="utf-8"))
    for model, facts in ((PeoplePage, words["people_page"]), (DepartmentsPage, words["departments_page"])):
        portal.add(
            model(
                title=facts["title"],
                standfirst=facts["standfirst"],
                search_description=facts["standfirst"],
                show_in_menus=facts["in_menu"],
            )
        )
    slugs = {facts["id"]: facts["slug"] for facts in content["departments"]}
    departments = {department.slug: department for department in Department.objects.all()}
    families = {family.name: family for family in RoleFamily.objects.all()}
    for facts in words["not_shown"]:
        address = f"{facts['slug'].replace('-', '.')}@{content['institution']['domain_for_demo']}"
        Technician.objects.create(
            user=User.objects.create_user(address, None, name=facts["name"], is_demo=True),
            name=facts["name"],
            slug=facts["slug"],
            role=facts["role"],
            department=departments[slugs[facts["department"]]],
            role_family=families[facts["role_family"]],
        )
    for key, said in words["answers"].items():
        technician = Technician.objects.get(slug=portal.technicians[key])
        technician.top_tip, technician.answers = said["top_tip"], paired(said["answers"])
        technician.save(update_fields=["top_tip", "answers"])
    for facts in words["facilities"]:
        Facility.objects.create(
            name=facts["name"],
            slug=facts["slug"],
            department=departments[slugs[facts["department"]]],
            what=facts["what"],
            contact_id=portal.technicians[facts["contact"]],
            access=facts["access"],
            words=facts["words"],
        )
