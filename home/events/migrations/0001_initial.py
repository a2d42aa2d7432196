import cms.core.fields
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('topics', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
            ],
            options={
                'verbose_name': 'events',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EventPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='What it is, in one or two sentences.', max_length=300)),
                ('starts', models.DateTimeField(help_text='The weekday is worked out from the date.')),
                ('ends', models.DateTimeField()),
                ('is_cancelled', models.BooleanField(default=False, help_text='It stays in the list, marked, so that nobody comes in vain.', verbose_name='cancelled')),
                ('venue', models.CharField(blank=True, max_length=200)),
                ('mode', models.CharField(choices=[('in-person', 'In person'), ('online', 'Online'), ('both', 'In person and online')], default='in-person', max_length=12, verbose_name='how to take part')),
                ('online_address', models.URLField(blank=True, help_text='Where to join online. Everybody can read it; leave it empty to send it by e-mail.')),
                ('access', models.TextField(blank=True, help_text='Steps, seats, captions, interpreters, quiet rooms, whom to ask.', max_length=600)),
                ('places', models.PositiveIntegerField(blank=True, help_text='How many can come, if it is limited.', null=True)),
                ('edition', models.CharField(blank=True, help_text='For something yearly, such as “Third festival week”.', max_length=120)),
                ('series', models.CharField(blank=True, help_text='The same words on each year’s page link the years together.', max_length=80)),
                ('body', cms.core.fields.BodyField([], blank=True)),
                ('programme', cms.core.fields.BodyField([], blank=True, help_text='In any order: days and times sort it.')),
                ('themes', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Themes of the Technician Commitment it serves.', related_name='+', to='topics.theme')),
            ],
            options={
                'verbose_name': 'event',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EventTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='events.eventpage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='eventpage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='events.EventTag', to='taggit.Tag', verbose_name='Tags'),
        ),
        migrations.AddConstraint(
            model_name='eventpage',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='event_ends_after_start'),
        ),
    ]
