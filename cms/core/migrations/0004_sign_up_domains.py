from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_accolades'),
    ]

    operations = [
        migrations.AddField(
            model_name='portalsettings',
            name='sign_up_domains',
            field=models.TextField(blank=True, help_text='What comes after the @, such as calderwick.example, comma separated. Empty: anybody. Whoever has an account keeps it.', verbose_name='e-mail addresses that may sign up'),
        ),
    ]
