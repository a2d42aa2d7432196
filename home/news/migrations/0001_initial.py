import cms.core.fields
import cms.people.models
import django.db.models.deletion
import django.utils.timezone
import modelcluster.contrib.taggit
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_portraits_and_profiles'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('topics', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences under the title.', max_length=300)),
            ],
            options={
                'verbose_name': 'news',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ArticlePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('review_by', models.DateField(blank=True, help_text='If facts on this page grow old. From this day it stands in the report of pages to check.', null=True, verbose_name='check again by')),
                ('kind', models.CharField(choices=[('news', 'News'), ('feature', 'Feature'), ('interview', 'Interview'), ('first-person', 'First person'), ('press-release', 'Press release'), ('guide', 'Guide')], default='news', help_text='Stands in words on its card.', max_length=20)),
                ('tier', models.CharField(choices=[('feature', 'Main feature'), ('voices', 'Voices'), ('news', 'News'), ('responses', 'Responses'), ('resources', 'Resources')], default='news', help_text='Main features come first on the home page. Most things are News.', max_length=20, verbose_name='place')),
                ('standfirst', models.TextField(help_text='One or two sentences under the title, and on every card.', max_length=300)),
                ('byline', models.CharField(blank=True, help_text='Who wrote it, if it is somebody else or more than one person.', max_length=160)),
                ('date', models.DateField(default=django.utils.timezone.localdate, help_text='As it stands on the article.')),
                ('lead_picture', cms.core.fields.BodyField([], blank=True, help_text='From the exhibition, or from the library. Its credit comes along.')),
                ('body', cms.core.fields.BodyField([], blank=True)),
                ('chosen_related', cms.core.fields.BodyField([], blank=True, help_text='Up to three. Left empty, articles with the same tags stand here.', verbose_name='read next')),
                ('licence', models.CharField(choices=[('all-rights', 'All rights reserved'), ('cc-by-4.0', 'CC BY 4.0'), ('cc-by-nc-sa-4.0', 'CC BY-NC-SA 4.0'), ('cc0-1.0', 'CC0 1.0 (no rights kept)')], default='cc-by-nc-sa-4.0', help_text='What others may do with the text. Pictures keep their own.', max_length=20, verbose_name='licence of the words')),
                ('exclusive', models.BooleanField(default=False, help_text='Written for us, and published nowhere before.')),
                ('embargo_until', models.DateTimeField(blank=True, help_text='Nobody outside sees it before this minute. The press group finds it at /desk/press/ once you have pressed Publish.', null=True)),
                ('notes_for_editors', models.TextField(blank=True, help_text='Facts a newspaper wants to check. Plain text.')),
                ('press_contact', models.CharField(blank=True, help_text='Name, telephone, e-mail.', max_length=200)),
                ('author', cms.people.models.ProfileKey(blank=True, db_constraint=False, help_text='A technician who shows a profile. The name on the article then leads there.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.profile', verbose_name='written by')),
                ('departments', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='people.department')),
                ('themes', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='topics.theme')),
            ],
            options={
                'verbose_name': 'article',
                'permissions': [('see_embargoed', 'Can see articles under embargo')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ArticleTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='news.articlepage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='articlepage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='Two or three. Articles that share them lead to each other.', through='news.ArticleTag', to='taggit.Tag', verbose_name='Tags'),
        ),
        migrations.AddIndex(
            model_name='articlepage',
            index=models.Index(fields=['-date', '-page_ptr'], name='article_newest'),
        ),
    ]
