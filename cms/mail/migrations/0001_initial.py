import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tries', models.PositiveIntegerField(default=0, editable=False)),
                ('next_try_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('to', models.EmailField(blank=True, max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('until', models.DateTimeField(help_text='From then on it is of no use, such as a code.', null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('given_up_at', models.DateTimeField(blank=True, editable=False, help_text='Refused for good, or tried for five days.', null=True)),
                ('problem', models.CharField(blank=True, help_text='What the mail server said, without addresses.', max_length=300)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('sent_at', None), models.Q(('body', ''), ('to', '')), _connector='OR'), name='sent_mail_has_no_address_and_no_text')],
            },
        ),
    ]
