"""The events page, and contributors who propose events on it: an editor publishes them, as with articles."""

from importlib import import_module

from django.db import migrations

contributions = import_module("home.migrations.0008_contributions")


def events_page(apps):
    """The events page, if the home page has none and its address is free."""
    EventIndexPage = apps.get_model("home", "EventIndexPage")
    if (there := EventIndexPage.objects.first()) is not None:
        return there
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    home = Page.objects.get(pk=apps.get_model("home", "HomePage").objects.get().pk)
    below = Page.objects.filter(path__startswith=home.path, depth=home.depth + 1)
    if below.filter(slug="events").exists():
        return None
    last = below.order_by("path").last()
    content_type, _ = ContentType.objects.get_or_create(app_label="home", model="eventindexpage")
    page = EventIndexPage.objects.create(
        title="Events",
        draft_title="Events",
        slug="events",
        content_type=content_type,
        path=contributions.after(last.path) if last else f"{home.path}0001",
        depth=home.depth + 1,
        numchild=0,
        url_path=f"{home.url_path}events/",
        locale_id=home.locale_id,
        live=True,
        show_in_menus=True,
    )
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild + 1)
    return page


def propose(apps, schema_editor):
    events = events_page(apps)
    if events is None:
        return
    add = contributions.permission(apps, "wagtailcore", "page", "add_page", "Can add page")
    contributors = apps.get_model("auth", "Group").objects.get(name="Contributors")
    apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
        group=contributors, page_id=events.pk, permission=add
    )
    workflow = apps.get_model("wagtailcore", "Workflow").objects.filter(name="Contributions", active=True).first()
    if workflow is not None:
        apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(
            page_id=events.pk, defaults={"workflow": workflow}
        )


class Migration(migrations.Migration):
    dependencies = [('home', '0017_accessibility_statement')]

    operations = [migrations.RunPython(propose, migrations.RunPython.noop)]
