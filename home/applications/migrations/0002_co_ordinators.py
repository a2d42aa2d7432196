"""The group that looks after people, with the least that works."""

from django.db import migrations

from cms.core.migration_tools import make_group, make_permission


def make(apps, schema_editor):
    access = make_permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    look_after = make_permission(
        apps,
        "applications",
        "mentoringapplication",
        "look_after_people",
        "Can look after mentoring, the network and names put down",
    )
    make_group(apps, "Co-ordinators").permissions.set([access, look_after])


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0002_admin"),
        ("wagtailimages", "0027_image_description"),  # it hands its permissions to every group it finds in the admin
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
