"""The news page, whose articles contributors propose, and the press, who see what is under embargo."""

from django.db import migrations

from cms.core.migration_tools import add_page_below_home, make_group, make_permission
from home.contributions.first_rows import open_to_contributors


def make(apps, schema_editor):
    open_to_contributors(apps, add_page_below_home(apps, "news", "NewsIndexPage", title="News", slug="news"))
    embargoed = make_permission(apps, "news", "articlepage", "see_embargoed", "Can see articles under embargo")
    for name in ("Press", "Editors"):
        make_group(apps, name).permissions.add(embargoed)


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial"), ("contributions", "0002_contributors")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
