"""A site to start from: a home page with the exhibitions under it, in place of Wagtail's welcome page.

Also the editors' group: pages under the home page and the picture library, nothing else.
"""

from django.db import migrations


def make(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("home", "HomePage")
    ExhibitionIndexPage = apps.get_model("gallery", "ExhibitionIndexPage")

    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    locale = Locale.objects.get()

    home_type, _ = ContentType.objects.get_or_create(model="homepage", app_label="home")
    home = HomePage.objects.create(
        title="Technicians’ Portal",
        draft_title="Technicians’ Portal",
        slug="home",
        content_type=home_type,
        path="00010001",
        depth=2,
        numchild=1,
        url_path="/home/",
        locale=locale,
        live=True,
        headline="The people who make it work, seen.",
    )
    index_type, _ = ContentType.objects.get_or_create(model="exhibitionindexpage", app_label="gallery")
    ExhibitionIndexPage.objects.create(
        title="Exhibitions",
        draft_title="Exhibitions",
        slug="exhibitions",
        content_type=index_type,
        path="000100010001",
        depth=3,
        numchild=0,
        url_path="/home/exhibitions/",
        locale=locale,
        live=True,
        show_in_menus=True,
    )
    root.numchild = 1
    root.save(update_fields=["numchild"])
    Site.objects.create(
        hostname="localhost", port=80, site_name="Technicians’ Portal", root_page_id=home.pk, is_default_site=True
    )
    _editors(apps, home.pk)


def _editors(apps, home_id):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")

    # Wagtail's own first groups may publish pages and change pictures, and its own review asks them about pages.
    GroupPagePermission.objects.all().delete()
    GroupCollectionPermission.objects.all().delete()
    apps.get_model("wagtailcore", "Workflow").objects.exclude(name="Photograph review").delete()
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.all().delete()
    # Its picture library hands permissions of its own to every group it finds in the admin.
    of_library = Permission.objects.filter(content_type__app_label="wagtailimages")
    for group in Group.objects.filter(name__in=["Moderators", "Curators"]):
        group.permissions.remove(*of_library)

    editors, _ = Group.objects.get_or_create(name="Editors")
    page_type = ContentType.objects.get(app_label="wagtailcore", model="page")
    admin_type = ContentType.objects.get(app_label="wagtailadmin", model="admin")
    access = Permission.objects.get(content_type=admin_type, codename="access_admin")
    editors.permissions.set([access])
    for codename in ("add_page", "change_page", "publish_page"):
        allowed, _ = Permission.objects.get_or_create(
            content_type=page_type, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
        )
        GroupPagePermission.objects.create(group=editors, page_id=home_id, permission=allowed)
    # Wagtail asks for the permissions of its own image model, whatever model is in use.
    library = Collection.objects.get(depth=1)
    image_type, _ = ContentType.objects.get_or_create(app_label="wagtailimages", model="image")
    for codename in ("add_image", "change_image", "choose_image"):
        allowed, _ = Permission.objects.get_or_create(
            content_type=image_type, codename=codename, defaults={"name": f"Can {codename.partition('_')[0]} image"}
        )
        GroupCollectionPermission.objects.create(group=editors, collection=library, permission=allowed)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("gallery", "0002_groups_and_review"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailadmin", "0002_admin"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
