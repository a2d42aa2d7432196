from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='KindVersion',
            fields=[
                ('kind', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(blank=True, null=True)),
                ('totals', models.JSONField(default=dict)),
                ('lost', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='Purge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('next_try_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('addresses', models.JSONField(help_text='Complete, with scheme and host.')),
                ('asked_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=40)),
                ('how', models.CharField(choices=[('upsert', 'Shown or changed'), ('removed', 'Taken down or withdrawn'), ('expired', 'Its time on show ended'), ('corrected', 'No longer shared with other sites')], max_length=10)),
                ('at', models.DateTimeField()),
                ('shared', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(fields=['kind', 'key', '-number'], name='change_of_one'), models.Index(fields=['kind', 'number'], name='change_of_kind')],
            },
        ),
        migrations.CreateModel(
            name='Sequence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_sequence')],
            },
        ),
    ]
