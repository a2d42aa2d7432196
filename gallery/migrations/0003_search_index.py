"""PostgreSQL finds words by an index over exactly the expression that `ExhibitQuerySet.matching` asks for."""

from django.db import migrations

CREATE = (
    "CREATE INDEX exhibit_words ON gallery_exhibit USING gin (to_tsvector('english', search_text))"
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS exhibit_words")


class Migration(migrations.Migration):
    dependencies = [("gallery", "0002_groups_and_review")]

    operations = [migrations.RunPython(create, drop)]
