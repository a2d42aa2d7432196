import modelsearch.index
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ImpactFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Stands under the number, such as “technicians on a register”.', max_length=120, verbose_name='what it counts')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='number')),
                ('unit', models.CharField(blank=True, help_text='Such as %, hours or £. Leave it empty for a plain count.', max_length=20)),
                ('as_of', models.DateField(verbose_name='on which day')),
                ('source', models.CharField(help_text='So that somebody else could count it again.', max_length=160, verbose_name='where it comes from')),
                ('source_url', models.URLField(blank=True, verbose_name='address of the source')),
                ('review_by', models.DateField(blank=True, null=True, verbose_name='check again by')),
            ],
            options={
                'verbose_name': 'figure',
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('line', models.CharField(blank=True, help_text='What it means, in one sentence.', max_length=200)),
                ('sort_order', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['sort_order', 'name'],
            },
        ),
    ]
