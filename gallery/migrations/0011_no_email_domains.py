from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('gallery', '0010_changes_have_an_app'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='exhibitionpage',
            name='email_domains',
        ),
    ]
