"""Contributors write and editors decide, by a workflow that a section of the site may follow."""

from django.db import migrations

from cms.core.migration_tools import make_content_type, make_group, make_permission


def make(apps, schema_editor):
    contributors = make_group(apps, "Contributors")
    contributors.permissions.add(make_permission(apps, "wagtailadmin", "admin", "access_admin"))
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.create(
        group=contributors,
        collection=apps.get_model("wagtailcore", "Collection").objects.get(depth=1),
        permission=make_permission(apps, "wagtailimages", "image", "choose_image"),
    )
    task = apps.get_model("wagtailcore", "GroupApprovalTask").objects.create(
        name="an editor’s reading",
        content_type=make_content_type(apps, "wagtailcore", "groupapprovaltask"),
        active=True,
    )
    task.groups.add(make_group(apps, "Editors"))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name="the editors", active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial"), ("home", "0002_home_page")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
