import cms.core.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('images', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('slug', models.CharField(max_length=255)),
                ('now', models.CharField(max_length=255)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='one_former_slug')],
            },
        ),
        migrations.CreateModel(
            name='PortalSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.CharField(default='Our university', max_length=120, verbose_name='institution')),
                ('short_name', models.CharField(blank=True, help_text='For the head of each page.', max_length=60, verbose_name='short name')),
                ('strapline', models.CharField(blank=True, max_length=160, verbose_name='strapline')),
                ('colour', models.CharField(blank=True, help_text='For links and buttons, such as #1b438f. If it is too pale or too dark to read on the page, we show the nearest shade that is not. Empty: marking-out blue.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}\\Z', 'Write it as # and six digits, such as #1b438f.')], verbose_name='institution’s colour')),
                ('contact_name', models.CharField(blank=True, help_text='A named person, please.', max_length=120, verbose_name='contact')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact e-mail')),
                ('contact_note', models.CharField(blank=True, help_text='Such as “Library room 3, Tuesday to Thursday”.', max_length=160, verbose_name='where and when')),
                ('sign_up_domains', models.TextField(blank=True, help_text='What comes after the @, such as calderwick.example, comma separated. Empty: anybody. Whoever has an account keeps it.', verbose_name='e-mail addresses that may sign up')),
                ('links', cms.core.fields.BodyField([], blank=True, help_text='The institution’s site, and where else people follow you. At the foot of every page.', verbose_name='elsewhere')),
                ('accolades', cms.core.fields.BodyField([], blank=True, help_text='Awards and charters the institution holds. At the foot of every page, each until its last day.')),
                ('logo', models.ForeignKey(blank=True, help_text='Stands in front of the name. Wide or square; it is shown 44 pixels high.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.portalimage')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'portal settings',
            },
        ),
    ]
