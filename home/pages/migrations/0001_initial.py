import cms.core.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessibilityPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('compliance', models.CharField(choices=[('full', 'fully compliant'), ('partial', 'partially compliant'), ('none', 'not compliant')], default='partial', help_text='With WCAG 2.2 at level AA. “Fully” only after people have tested it, not scripts alone.', max_length=10)),
                ('barriers', cms.core.fields.BodyField([], blank=True, verbose_name='what is not accessible')),
                ('tested_by_people', models.TextField(blank=True, help_text='Who tried it, with what, and when. Leave it empty until somebody has: the page then says so.', max_length=600)),
                ('prepared_on', models.DateField(help_text='When the statement was first written.')),
                ('reply_days', models.PositiveIntegerField(default=5, verbose_name='we answer within, working days')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('headline', models.CharField(default='The people who make it work, seen.', max_length=120)),
                ('lead', models.TextField(blank=True, help_text='Two sentences under the headline.', max_length=400)),
                ('great_picture', cms.core.fields.BodyField([], blank=True, help_text='Stands large at the top: the first of these that is on the wall.')),
                ('newest_is_great', models.BooleanField(default=True, help_text='While none of those is on the wall, the newest wide photograph stands there, and another whenever one is hung. Not ticked, nothing does.', verbose_name='otherwise the newest photograph')),
                ('needs', cms.core.fields.BodyField([], blank=True, help_text='The few things people come for, each with the page that helps. Four are plenty.', verbose_name='I want to…')),
                ('body', cms.core.fields.BodyField([], blank=True, help_text='Stands near the end.')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SectionPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
                ('body', cms.core.fields.BodyField([], blank=True, help_text='Stands above the cards.')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
                ('body', cms.core.fields.BodyField([], blank=True)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
    ]
