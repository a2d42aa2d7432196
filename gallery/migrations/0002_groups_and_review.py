"""The groups an exhibition needs, each with the least that works, and the review every entry goes through.

Permissions are made by hand: Django makes them only after all migrations have run.
"""

from django.db import migrations


def permission(apps, app_label, model, codename, name):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
    found, _ = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return found


def make(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    WorkflowContentType = apps.get_model("wagtailcore", "WorkflowContentType")
    EntryReviewTask = apps.get_model("gallery", "EntryReviewTask")

    access = permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    hang = permission(apps, "gallery", "exhibit", "hang_entry", "Can hang and take down photographs")

    moderators, _ = Group.objects.get_or_create(name="Moderators")
    moderators.permissions.set([access])
    curators, _ = Group.objects.get_or_create(name="Curators")
    curators.permissions.set([access, hang])

    task_type, _ = ContentType.objects.get_or_create(app_label="gallery", model="entryreviewtask")
    task = EntryReviewTask.objects.create(name="Clear the photograph", content_type=task_type, active=True)
    task.groups.add(moderators)
    workflow = Workflow.objects.create(name="Photograph review", active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    entry_type, _ = ContentType.objects.get_or_create(app_label="gallery", model="entry")
    WorkflowContentType.objects.create(workflow=workflow, content_type=entry_type)


class Migration(migrations.Migration):
    dependencies = [
        ("gallery", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0002_admin"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
