"""Editors keep the list of technicians, departments and facilities; curators may look at it to invite people."""

from django.db import migrations

KEPT = {
    ("people", "technician"): ("add", "change", "view"),
    ("people", "department"): ("add", "change", "view"),
    ("people", "rolefamily"): ("add", "change", "view"),
    ("home", "facility"): ("add", "change", "delete", "view"),
}


def allow(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    editors, _ = Group.objects.get_or_create(name="Editors")
    curators, _ = Group.objects.get_or_create(name="Curators")
    for (app_label, model), verbs in KEPT.items():
        content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        for verb in verbs:
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type,
                codename=f"{verb}_{model}",
                defaults={"name": f"Can {verb} {model}"},
            )
            editors.permissions.add(permission)
            if (model, verb) == ("technician", "view"):
                curators.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0008_contributions"),
        ("people", "0003_words_for_editors"),
        ("gallery", "0002_groups_and_review"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
