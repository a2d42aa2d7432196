import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from cms.people.models import Department, RoleFamily, Technician, User


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@calderwick.example")

    @factory.post_generation
    def groups(self, create: bool, names: tuple[str, ...] | None, **kwargs: object) -> None:
        for name in names or ():
            self.groups.add(Group.objects.get(name=name))


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    name = factory.Sequence(lambda n: f"Department {n}")
    slug = factory.Sequence(lambda n: f"department-{n}")


class RoleFamilyFactory(DjangoModelFactory):
    class Meta:
        model = RoleFamily

    name = factory.Sequence(lambda n: f"Family {n}")
    slug = factory.Sequence(lambda n: f"family-{n}")


class TechnicianFactory(DjangoModelFactory):
    class Meta:
        model = Technician

    name = factory.SelfAttribute("user.name")
    slug = factory.Sequence(lambda n: f"technician-{n}")
    role = "Glassblower"
    user = factory.SubFactory(UserFactory)
    department = factory.SubFactory(DepartmentFactory)
    role_family = factory.SubFactory(RoleFamilyFactory)


def moderator(**facts: object) -> User:
    return UserFactory(groups=["Moderators"], **facts)


def curator(**facts: object) -> User:
    return UserFactory(groups=["Curators"], **facts)


def editor(**facts: object) -> User:
    return UserFactory(groups=["Editors"], **facts)


def co_ordinator(**facts: object) -> User:
    return UserFactory(groups=["Co-ordinators"], **facts)


def administrator(**facts: object) -> User:
    return UserFactory(is_superuser=True, is_staff=True, **facts)
