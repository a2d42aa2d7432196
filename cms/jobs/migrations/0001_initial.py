from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='TimerClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('doubted_since', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_timer_clock')],
            },
        ),
        migrations.CreateModel(
            name='WorkerProcess',
            fields=[
                ('id', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('place', models.CharField(help_text='Host and process.', max_length=100)),
                ('lanes', models.JSONField(help_text='Each with its `queue`; `job` and `since` while it is busy.')),
                ('started_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(help_text='When it was asked to stop, and did.', null=True)),
            ],
            options={
                'ordering': ['started_at', 'id'],
            },
        ),
    ]
