"""The events page, whose events contributors propose."""

from django.db import migrations

from cms.core.migration_tools import add_page_below_home
from home.contributions.first_rows import open_to_contributors


def make(apps, schema_editor):
    open_to_contributors(apps, add_page_below_home(apps, "events", "EventIndexPage", title="Events", slug="events"))


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_initial"),
        ("contributions", "0002_contributors"),
        ("news", "0002_news_page"),  # which comes before it in the menu
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
