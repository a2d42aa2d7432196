"""A site to start from: a home page with the exhibitions under it, in place of Wagtail's welcome page.

Also the editors' group: pages under the home page and the picture library, nothing else.
"""

from django.db import migrations

from cms.core.migration_tools import add_page_below_home, make_content_type, make_group, make_permission


def make(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    home = apps.get_model("home", "HomePage").objects.create(
        title="Technicians’ Portal",
        draft_title="Technicians’ Portal",
        slug="home",
        content_type=make_content_type(apps, "home", "homepage"),
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=apps.get_model("wagtailcore", "Locale").objects.get(),
        live=True,
        headline="The people who make it work, seen.",
    )
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.create(
        hostname="localhost", port=80, site_name="Technicians’ Portal", root_page_id=home.pk, is_default_site=True
    )
    add_page_below_home(apps, "gallery", "ExhibitionIndexPage", title="Exhibitions", slug="exhibitions")
    _take_back_what_wagtail_gave(apps)
    _make_editors(apps, home.pk)


def _take_back_what_wagtail_gave(apps):
    """Wagtail's own first groups may publish pages and change pictures, and its own review asks them about pages."""
    apps.get_model("wagtailcore", "GroupPagePermission").objects.all().delete()
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.all().delete()
    apps.get_model("wagtailcore", "Workflow").objects.exclude(name="Photograph review").delete()
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.all().delete()
    # Its picture library hands permissions of its own to every group it finds in the admin.
    of_library = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="wagtailimages")
    for name in ("Moderators", "Curators"):
        make_group(apps, name).permissions.remove(*of_library)


def _make_editors(apps, home_id):
    editors = make_group(apps, "Editors")
    editors.permissions.set([make_permission(apps, "wagtailadmin", "admin", "access_admin")])
    on_page = apps.get_model("wagtailcore", "GroupPagePermission").objects
    for codename in ("add_page", "change_page", "publish_page"):
        allowed = make_permission(apps, "wagtailcore", "page", codename)
        on_page.create(group=editors, page_id=home_id, permission=allowed)
    # Wagtail asks for the permissions of its own image model, whatever model is in use.
    library = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    in_library = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    for codename in ("add_image", "change_image", "choose_image"):
        allowed = make_permission(apps, "wagtailimages", "image", codename)
        in_library.create(group=editors, collection=library, permission=allowed)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("gallery", "0002_groups_and_review"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailadmin", "0002_admin"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
