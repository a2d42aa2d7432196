from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField()),
                ('files', models.PositiveIntegerField(default=0)),
                ('bytes', models.PositiveBigIntegerField(default=0, help_text='Of the whole backup.')),
                ('problem', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='OwedLine',
            fields=[
                ('id', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
    ]
