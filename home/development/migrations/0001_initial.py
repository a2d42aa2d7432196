import cms.core.fields
import cms.people.models
import django.db.models.deletion
import modelcluster.fields
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
            name='ApprenticeshipIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
                ('welcome', models.TextField(blank=True, help_text='Whom you would like to hear from.', max_length=600)),
                ('offers', cms.core.fields.BodyField([], blank=True, help_text='What everybody may ask for. Shown on each apprenticeship.')),
                ('body', cms.core.fields.BodyField([], blank=True, help_text='Stands at the end.')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='MentoringSchemePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(help_text='One or two sentences under the title.', max_length=300)),
                ('length', models.CharField(blank=True, help_text='Such as “Six months”.', max_length=120, verbose_name='how long')),
                ('steps', cms.core.fields.BodyField([], blank=True, help_text='What happens, in order.')),
                ('principles', cms.core.fields.BodyField([], blank=True, help_text='What people may rely on.')),
                ('mentors', cms.core.fields.BodyField([], blank=True)),
                ('body', cms.core.fields.BodyField([], blank=True, help_text='Stands at the end.')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NetworkPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(help_text='One or two sentences under the title.', max_length=300)),
                ('body', cms.core.fields.BodyField([], blank=True, help_text='What it is.')),
                ('meetings', cms.core.fields.BodyField([], blank=True, help_text='When and where people meet.')),
                ('reps', cms.core.fields.BodyField([], blank=True)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='OpportunityIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
                ('body', cms.core.fields.BodyField([], blank=True, help_text='Stands below the list.')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='OpportunityPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('kind', models.CharField(choices=[('placement', 'Placement'), ('secondment', 'Secondment'), ('shadowing', 'Shadowing'), ('vacancy', 'Vacancy'), ('funding', 'Funding'), ('award', 'Award'), ('outreach', 'Outreach'), ('volunteer', 'Volunteering')], max_length=12)),
                ('summary', models.TextField(help_text='What it is, in a sentence or two.', max_length=300)),
                ('audience', models.CharField(help_text='Such as “Any grade”.', max_length=160, verbose_name='for whom')),
                ('hours', models.CharField(blank=True, help_text='Such as “One Saturday”.', max_length=160, verbose_name='how much time')),
                ('closes', models.DateField(blank=True, help_text='At midnight after it this leaves all lists, and its page says “closed”. Empty: always open.', null=True, verbose_name='last day')),
                ('takes_names', models.BooleanField(default=False, help_text='Shows a short form. Their names are in the admin, under Move on, and can be exported.', verbose_name='people can put their name down')),
                ('body', cms.core.fields.BodyField([], blank=True)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ApprenticeshipPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('summary', models.TextField(help_text='What one does, in a sentence or two.', max_length=300)),
                ('level', models.PositiveSmallIntegerField(default=3)),
                ('length', models.CharField(help_text='Such as “About two years”.', max_length=80, verbose_name='how long')),
                ('vacancies', models.PositiveSmallIntegerField(default=1, verbose_name='places this year')),
                ('applications_close', models.DateField(blank=True, help_text='At midnight after it the page says “closed” and offers to tell people next time.', null=True, verbose_name='last day to apply')),
                ('starts', models.DateField(blank=True, null=True)),
                ('leads_to', models.CharField(blank=True, help_text='Letters after the name, with commas between: EngTech, RSciTech.', max_length=120)),
                ('apply_address', models.URLField(blank=True, help_text='On the university’s jobs site.', verbose_name='where to apply')),
                ('body', cms.core.fields.BodyField([], blank=True)),
                ('departments', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='people.department')),
                ('role_families', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Under which it is found.', related_name='+', to='people.rolefamily')),
                ('story', cms.people.models.ProfileKey(blank=True, db_constraint=False, help_text='Somebody who did it, and shows their profile.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.profile', verbose_name='an apprentice’s story')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ApprenticeshipCohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('starts', models.DateField(verbose_name='started')),
                ('size', models.PositiveSmallIntegerField(verbose_name='people')),
                ('college', models.CharField(blank=True, max_length=120, verbose_name='partner college')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='cohorts', to='development.apprenticeshippage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MentoringRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(help_text='Such as “Spring round”.', max_length=60)),
                ('closes', models.DateField(verbose_name='last day to apply')),
                ('starts', models.DateField(blank=True, null=True, verbose_name='pairs meet from')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='development.mentoringschemepage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
    ]
