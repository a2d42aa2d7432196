import cms.core.fields
import cms.people.models
import django.db.models.deletion
import wagtail.contrib.routable_page.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_portraits_and_profiles'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseStudyIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
            ],
            options={
                'verbose_name': 'stories',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='DepartmentsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
            ],
            options={
                'abstract': False,
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='PeoplePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
            ],
            options={
                'abstract': False,
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='CaseStudyPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
                ('pull_quote', models.CharField(blank=True, help_text='One sentence of theirs that stands large. No quotation marks.', max_length=300)),
                ('body', cms.core.fields.BodyField([], blank=True, help_text='Questions and answers, with photographs from the exhibition between them.')),
                ('profile', cms.people.models.ProfileKey(blank=True, db_constraint=False, help_text='Whose story it is. Only people who show a profile can be chosen; their profile shows the story.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.profile', verbose_name='about')),
            ],
            options={
                'verbose_name': 'story',
                'verbose_name_plural': 'stories',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Facility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As people would ask for it: “Electron microscope suite”.', max_length=120)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('what', models.TextField(help_text='Two sentences for somebody from elsewhere.', max_length=400, verbose_name='what it does')),
                ('access', models.CharField(blank=True, help_text='Who may use it and how: training, booking, cost, step-free or not.', max_length=300)),
                ('words', models.CharField(blank=True, help_text='Other names people use, such as “SEM, scanning electron microscope”.', max_length=300, verbose_name='search words')),
                ('contact', cms.people.models.ProfileKey(blank=True, db_constraint=False, help_text='Shown while they show their profile.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.profile', verbose_name='technician to ask')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facilities', to='people.department')),
            ],
            options={
                'verbose_name_plural': 'facilities',
                'ordering': ['name'],
            },
        ),
    ]
