"""The groups an exhibition needs, each with the least that works, and the review every entry goes through."""

from django.db import migrations

from cms.core.migration_tools import make_content_type, make_group, make_permission


def make(apps, schema_editor):
    access = make_permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    hang = make_permission(apps, "gallery", "exhibit", "hang_entry", "Can hang and take down photographs")
    judge = make_permission(apps, "gallery", "exhibit", "judge_entry", "Can judge photographs")
    moderators = make_group(apps, "Moderators")
    moderators.permissions.set([access])
    make_group(apps, "Curators").permissions.set([access, hang])
    make_group(apps, "Judges").permissions.set([judge])

    task = apps.get_model("gallery", "EntryReviewTask").objects.create(
        name="Clear the photograph",
        content_type=make_content_type(apps, "gallery", "entryreviewtask"),
        active=True,
    )
    task.groups.add(moderators)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name="Photograph review", active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowContentType").objects.create(
        workflow=workflow, content_type=make_content_type(apps, "gallery", "entry")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("gallery", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0002_admin"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
