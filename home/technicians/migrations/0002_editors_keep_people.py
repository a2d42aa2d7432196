"""Editors keep the list of technicians, departments and facilities; curators may look at it to invite people."""

from django.db import migrations

from cms.core.migration_tools import make_group, make_permission

KEPT = {
    ("people", "technician"): ("add", "change", "view"),
    ("people", "department"): ("add", "change", "view"),
    ("people", "rolefamily"): ("add", "change", "view"),
    ("technicians", "facility"): ("add", "change", "delete", "view"),
}


def allow(apps, schema_editor):
    editors = make_group(apps, "Editors")
    for (app_label, model), verbs in KEPT.items():
        for verb in verbs:
            editors.permissions.add(make_permission(apps, app_label, model, f"{verb}_{model}"))
    view = make_permission(apps, "people", "technician", "view_technician")
    make_group(apps, "Curators").permissions.add(view)


class Migration(migrations.Migration):
    dependencies = [
        ("technicians", "0001_initial"),
        ("home", "0002_home_page"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
