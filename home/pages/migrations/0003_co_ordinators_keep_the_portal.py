"""Co-ordinators keep the portal: its pages, its lists, its settings, and who may do what in it."""

from django.db import migrations

from cms.core.migration_tools import make_group, make_permission

#: As editors keep people, and the lists that only they keep.
KEPT = {
    ("people", "technician"): ("add", "change", "view"),
    ("people", "department"): ("add", "change", "view"),
    ("people", "rolefamily"): ("add", "change", "view"),
    ("technicians", "facility"): ("add", "change", "delete", "view"),
    ("gallery", "category"): ("add", "change", "delete", "view"),
    ("topics", "theme"): ("add", "change", "delete", "view"),
    ("topics", "impactfigure"): ("add", "change", "delete", "view"),
    ("registration", "professionalbody"): ("add", "change", "delete", "view"),
    ("registration", "licensingauthority"): ("add", "change", "delete", "view"),
    ("search", "synonym"): ("add", "change", "delete", "view"),
    ("core", "portalsettings"): ("change",),
}


def allow(apps, schema_editor):
    co_ordinators, editors = make_group(apps, "Co-ordinators"), make_group(apps, "Editors")
    for (app_label, model), verbs in KEPT.items():
        for verb in verbs:
            co_ordinators.permissions.add(make_permission(apps, app_label, model, f"{verb}_{model}"))
    co_ordinators.permissions.add(
        make_permission(apps, "people", "user", "appoint", "Can say who may do what"),
        make_permission(apps, "news", "articlepage", "see_embargoed", "Can see articles under embargo"),
    )
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.get(name="an editor’s reading").groups.add(co_ordinators)
    for name, place in (("GroupPagePermission", "page_id"), ("GroupCollectionPermission", "collection_id")):
        given = apps.get_model("wagtailcore", name).objects
        for one in given.filter(group=editors):
            given.get_or_create(
                group=co_ordinators, permission_id=one.permission_id, **{place: getattr(one, place)}
            )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_home_page"),
        ("applications", "0002_co_ordinators"),
        ("technicians", "0002_editors_keep_people"),
        ("news", "0002_news_page"),
        ("contributions", "0002_contributors"),
        ("gallery", "0002_groups_and_review"),
        ("topics", "0001_initial"),
        ("registration", "0001_initial"),
        ("search", "0001_initial"),
        ("core", "0001_initial"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
