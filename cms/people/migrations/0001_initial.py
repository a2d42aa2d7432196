import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import modelsearch.index
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('code', models.CharField(blank=True, max_length=12)),
                ('faculty', models.CharField(blank=True, max_length=80)),
                ('campus', models.CharField(blank=True, max_length=80)),
                ('blurb', models.TextField(blank=True, max_length=400, verbose_name='what its technicians do')),
                ('technician_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='technicians')),
            ],
            options={
                'ordering': ['name'],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='RoleFamily',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('sort_order', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name_plural': 'role families',
                'ordering': ['sort_order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('name', models.CharField(help_text='As you would like it to stand beside your work.', max_length=120, verbose_name='name')),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('awaits_proof', models.BooleanField(default=False, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'ordering': ['name'],
                'permissions': [('appoint', 'Can say who may do what')],
            },
        ),
        migrations.CreateModel(
            name='Technician',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(help_text='Their page’s address. Links to an old one lead nowhere.', max_length=120, unique=True)),
                ('role', models.CharField(max_length=120, verbose_name='job title')),
                ('registration', models.CharField(blank=True, max_length=60, verbose_name='letters after the name')),
                ('joined', models.PositiveIntegerField(blank=True, null=True, verbose_name='joined in')),
                ('skills', models.JSONField(blank=True, default=list)),
                ('bio', models.TextField(blank=True, max_length=1200)),
                ('quote', models.CharField(blank=True, help_text='One sentence. It stands large, without quotation marks of its own.', max_length=300)),
                ('answers', models.JSONField(blank=True, default=list, help_text='Pairs of question and answer.')),
                ('top_tip', models.CharField(blank=True, max_length=300)),
                ('profile_public', models.BooleanField(default=False, help_text='Theirs to decide, on their desk. Tick it for somebody only when they have asked you to.', verbose_name='show my profile')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.department')),
                ('role_family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.rolefamily')),
                ('user', models.OneToOneField(blank=True, help_text='With it they write their own page, on their desk.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_account_per_email', violation_error_message='There is already an account with this e-mail address.'),
        ),
    ]
