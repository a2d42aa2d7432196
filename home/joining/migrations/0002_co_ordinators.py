"""The group that looks after people, with the least that works.

The permission is made by hand: Django makes them only after all migrations have run.
"""

from django.db import migrations


def make(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    wanted = [
        ("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"),
        (
            "joining",
            "mentoringapplication",
            "look_after_people",
            "Can look after mentoring, the network and names put down",
        ),
    ]
    permissions = []
    for app_label, model, codename, name in wanted:
        kind, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        found, _ = Permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": name})
        permissions.append(found)
    group, _ = Group.objects.get_or_create(name="Co-ordinators")
    group.permissions.set(permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("joining", "0001_mentoring"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0002_admin"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
