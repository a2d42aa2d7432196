from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(help_text='A word or two, such as “bsl”. Capitals do not matter.', max_length=80, unique=True, verbose_name='people search for')),
                ('means', models.CharField(help_text='Such as “British Sign Language”.', max_length=120, verbose_name='we write')),
            ],
            options={
                'ordering': ['words'],
            },
        ),
    ]
