"""The news, and the groups around it: contributors write, editors read and publish, the press sees what waits.

Permissions are made by hand: Django makes them only after all migrations have run.
"""

from django.db import migrations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def permission(apps, app_label, model, codename, name):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
    found, _ = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return found


def after(path):
    """The last step of a page's path plus one, as treebeard counts."""
    number = int(path[-4:], 36) + 1
    step = ""
    while number:
        number, digit = divmod(number, 36)
        step = ALPHABET[digit] + step
    return path[:-4] + step.rjust(4, "0")


def news_page(apps):
    """The list of news, if the home page has none."""
    NewsIndexPage = apps.get_model("home", "NewsIndexPage")
    if (there := NewsIndexPage.objects.first()) is not None:
        return there
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    home = Page.objects.get(pk=apps.get_model("home", "HomePage").objects.get().pk)
    below = Page.objects.filter(path__startswith=home.path, depth=home.depth + 1)
    taken = set(below.values_list("slug", flat=True))
    slug = next(slug for slug in ("news", "all-news", "news-list") if slug not in taken)
    last = below.order_by("path").last()
    content_type, _ = ContentType.objects.get_or_create(app_label="home", model="newsindexpage")
    page = NewsIndexPage.objects.create(
        title="News",
        draft_title="News",
        slug=slug,
        content_type=content_type,
        path=after(last.path) if last else f"{home.path}0001",
        depth=home.depth + 1,
        numchild=0,
        url_path=f"{home.url_path}{slug}/",
        locale_id=home.locale_id,
        live=True,
        show_in_menus=True,
    )
    Page.objects.filter(pk=home.pk).update(numchild=home.numchild + 1)
    return page


def make(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    ContentType = apps.get_model("contenttypes", "ContentType")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    news = news_page(apps)

    access = permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    embargoed = permission(apps, "home", "articlepage", "see_embargoed", "Can see articles under embargo")
    add = permission(apps, "wagtailcore", "page", "add_page", "Can add page")
    choose = permission(apps, "wagtailimages", "image", "choose_image", "Can choose image")

    contributors, _ = Group.objects.get_or_create(name="Contributors")
    contributors.permissions.add(access)
    GroupPagePermission.objects.get_or_create(group=contributors, page_id=news.pk, permission=add)
    library = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    GroupCollectionPermission.objects.get_or_create(group=contributors, collection=library, permission=choose)

    press, _ = Group.objects.get_or_create(name="Press")
    press.permissions.add(embargoed)
    editors, _ = Group.objects.get_or_create(name="Editors")
    editors.permissions.add(embargoed)

    task_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    task = apps.get_model("wagtailcore", "GroupApprovalTask").objects.create(
        name="An editor reads it", content_type=task_type, active=True
    )
    task.groups.add(editors)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name="Contributions", active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page_id=news.pk)


class Migration(migrations.Migration):
    dependencies = [("home", "0007_news"), ("wagtailimages", "0027_image_description")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
