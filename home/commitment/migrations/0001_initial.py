import cms.core.fields
import cms.people.models
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import re
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_portraits_and_profiles'),
        ('topics', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitmentPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
                ('signed', models.DateField(blank=True, null=True, verbose_name='signed on')),
                ('body', cms.core.fields.BodyField([], blank=True)),
                ('figures', cms.core.fields.BodyField([], blank=True, help_text='Each comes with its day and its source.')),
                ('peer_reviews', cms.core.fields.BodyField([], blank=True, help_text='The latest first.')),
                ('lead_name', models.CharField(blank=True, max_length=120, verbose_name='who answers for it')),
                ('lead_post', models.CharField(blank=True, max_length=160, verbose_name='their job')),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='whom to ask')),
                ('contact_email', models.EmailField(blank=True, help_text='Left empty, the portal’s own contact stands here.', max_length=254, verbose_name='e-mail')),
            ],
            options={
                'verbose_name': 'commitment',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SteeringGroupPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ActionPlanPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
                ('stage', models.CharField(choices=[('self-assessment', 'First self-assessment and plan'), ('stage-two', 'Stage two'), ('stage-three', 'Stage three'), ('later', 'Later stage')], default='self-assessment', max_length=20)),
                ('starts', models.DateField(verbose_name='period begins')),
                ('ends', models.DateField(verbose_name='period ends')),
                ('document_address', models.URLField(blank=True, help_text='An accessible one: tagged, with headings.', verbose_name='document to download')),
                ('document_words', models.CharField(blank=True, help_text='What it is and how big, such as “PDF, tagged, 12 pages”.', max_length=120)),
                ('initiatives', cms.core.fields.BodyField([], blank=True, help_text='Promises, each with the action that keeps it.')),
                ('body', cms.core.fields.BodyField([], blank=True, help_text='Stands below the actions.')),
            ],
            options={
                'verbose_name': 'action plan',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='plan_ends_after_start')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SteeringMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(blank=True, help_text='For members who are not technicians.', max_length=120)),
                ('post', models.CharField(blank=True, help_text='Their job, for those without a profile.', max_length=160)),
                ('role_in_group', models.CharField(max_length=120, verbose_name='role in the group')),
                ('top_tip', models.CharField(blank=True, help_text='For those without a profile.', max_length=300)),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='term begins')),
                ('ends_on', models.DateField(blank=True, help_text='From the day after, among the past members.', null=True, verbose_name='last day of the term')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='commitment.steeringgrouppage')),
                ('profile', cms.people.models.ProfileKey(blank=True, db_constraint=False, help_text='Name, answers and top tip come from the profile while it is shown.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.profile', verbose_name='technician')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ThemePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='Left empty, the theme’s own line stands here.', max_length=300)),
                ('body', cms.core.fields.BodyField([], blank=True)),
                ('photographs', cms.core.fields.BodyField([], blank=True, help_text='From the exhibition, in your order.')),
                ('photograph_tag', models.SlugField(blank=True, help_text='Or a tag: the newest photographs that carry it follow by themselves.', max_length=100)),
                ('theme', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.theme')),
            ],
            options={
                'verbose_name': 'theme',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('ref', models.CharField(help_text='Short, such as V1. People will quote it.', max_length=12, validators=[django.core.validators.RegexValidator(re.compile('^[-a-zA-Z0-9_]+\\Z'), 'Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.', 'invalid')], verbose_name='reference')),
                ('what', models.CharField(help_text='What will be done. Begin with a verb.', max_length=200)),
                ('owner_role', models.CharField(help_text='The job, not the person: people move.', max_length=120, verbose_name='whose it is')),
                ('starts', models.DateField()),
                ('ends', models.DateField(help_text='From the day after, it shows as late until it is done.')),
                ('status', models.CharField(choices=[('not-started', 'Not started'), ('on-track', 'On track'), ('at-risk', 'At risk'), ('done', 'Done'), ('stopped', 'Stopped')], default='not-started', max_length=12)),
                ('progress', models.TextField(blank=True, help_text='Where it stands, in a sentence or two.', max_length=400)),
                ('updated_on', models.DateField(default=django.utils.timezone.localdate, help_text='Change it with the progress. After 6 months the plan says that it is old.', verbose_name='last update')),
                ('owner', cms.people.models.ProfileKey(blank=True, db_constraint=False, help_text='Shown while they show a profile.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.profile', verbose_name='who that is now')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.theme')),
                ('plan', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='commitment.actionplanpage')),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('plan', 'ref'), name='one_action_per_reference'), models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='action_ends_after_start')],
            },
        ),
    ]
