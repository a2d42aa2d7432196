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
            name='LicensingAuthority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('kind', models.CharField(blank=True, help_text='Such as “licensing authority”.', max_length=80)),
                ('url', models.URLField(blank=True, verbose_name='web address')),
                ('sort_order', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name_plural': 'licensing authorities',
                'ordering': ['sort_order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='RegisterFinderPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
            ],
            options={
                'verbose_name': 'which register fits me?',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='RegistrationHubPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(help_text='What registration is, for somebody who never heard of it.', max_length=400)),
                ('we_pay', models.CharField(help_text='One sentence. Stands right at the top.', max_length=200, verbose_name='what we pay')),
                ('contact_name', models.CharField(blank=True, help_text='Leave it empty for the contact of the whole site.', max_length=120, verbose_name='who to ask')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='their e-mail')),
                ('mentors', cms.core.fields.BodyField([], blank=True)),
                ('offers', cms.core.fields.BodyField([], blank=True, help_text='What else we do for people who try.')),
                ('steps', cms.core.fields.BodyField([], blank=True)),
                ('how_long', models.TextField(blank=True, max_length=400, verbose_name='how long it takes')),
                ('picture', cms.core.fields.BodyField([], blank=True)),
                ('questions', cms.core.fields.BodyField([], blank=True)),
                ('testimonials', cms.core.fields.BodyField([], blank=True)),
                ('body', cms.core.fields.BodyField([], blank=True, help_text='Stands at the end.')),
            ],
            options={
                'verbose_name': 'professional registration',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='RegisterPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('full_name', models.CharField(max_length=120, verbose_name='what the letters stand for')),
                ('also_written', models.CharField(blank=True, help_text='Other spellings people search for, such as “RSci Tech”.', max_length=160)),
                ('level', models.CharField(help_text='In the authority’s words.', max_length=120)),
                ('standing', models.PositiveSmallIntegerField(choices=[(1, 'Working with some direction'), (2, 'Working on their own judgement'), (3, 'Guiding others'), (4, 'Leading')], default=1, verbose_name='rung')),
                ('works', models.JSONField(default=list)),
                ('asks_no_papers', models.BooleanField(default=False, help_text='Tick it if experience alone is enough.', verbose_name='no certificates needed')),
                ('for_whom', models.TextField(max_length=300, verbose_name='who it is for')),
                ('routes', cms.core.fields.BodyField([], blank=True)),
                ('evidence', cms.core.fields.BodyField([], blank=True)),
                ('fees', cms.core.fields.BodyField([], blank=True)),
                ('fees_note', models.CharField(blank=True, max_length=300, verbose_name='fees, in a sentence')),
                ('official_url', models.URLField(blank=True, verbose_name='the authority’s own page')),
                ('last_checked', models.DateField(help_text='When you change it, say what you checked.', verbose_name='facts last checked on')),
                ('examples', cms.core.fields.BodyField([], blank=True)),
                ('picture', cms.core.fields.BodyField([], blank=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registration.licensingauthority')),
            ],
            options={
                'verbose_name': 'register',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ProfessionalBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, unique=True)),
                ('short', models.CharField(blank=True, help_text='Such as IST.', max_length=30, verbose_name='short name')),
                ('slug', models.SlugField(help_text='The end of its address on this site.', max_length=60, unique=True)),
                ('who', models.CharField(blank=True, max_length=200, verbose_name='who it is for')),
                ('url', models.URLField(blank=True, verbose_name='web address')),
                ('checked_on', models.DateField(blank=True, help_text='Against the authority’s own list.', null=True, verbose_name='licences checked on')),
                ('review_by', models.DateField(editable=False, null=True)),
                ('contact_name', models.CharField(blank=True, help_text='Whom to ask there.', max_length=120)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('partner_since', models.PositiveSmallIntegerField(blank=True, help_text='The year. Leave empty if there is no agreement.', null=True, verbose_name='our partner since')),
                ('partner_scope', models.CharField(blank=True, max_length=300, verbose_name='what the partnership covers')),
                ('licensed_by', models.ManyToManyField(related_name='bodies', to='registration.licensingauthority')),
                ('only_for', models.ManyToManyField(blank=True, help_text='If its licence covers only some of an authority’s registers. Leave empty for all of them.', related_name='+', to='registration.registerpage', verbose_name='only these registers')),
            ],
            options={
                'verbose_name_plural': 'professional bodies',
                'ordering': ['name'],
            },
        ),
    ]
