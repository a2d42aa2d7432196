import django.db.models.deletion
import modelsearch.index
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('images', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='technician',
            name='portrait',
            field=models.ForeignKey(blank=True, help_text='Without one, their newest photograph stands there, or their words alone.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.portalimage'),
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('slug', models.SlugField(max_length=120, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('role', models.CharField(max_length=120)),
                ('registration', models.CharField(blank=True, max_length=60)),
                ('joined', models.PositiveIntegerField(blank=True, null=True)),
                ('skills', models.JSONField(blank=True, default=list)),
                ('bio', models.TextField(blank=True)),
                ('quote', models.CharField(blank=True, max_length=300)),
                ('answers', models.JSONField(blank=True, default=list, help_text='Pairs of question and answer.')),
                ('top_tip', models.CharField(blank=True, max_length=300)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='profiles', to='people.department')),
                ('portrait', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='images.portalimage')),
                ('role_family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='profiles', to='people.rolefamily')),
            ],
            options={
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
