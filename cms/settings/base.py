"""Settings that are safe for production. dev.py and test.py loosen them; production.py reads the environment."""

from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF

ROOT = Path(__file__).resolve().parents[2]

env = environ.Env()
environ.Env.read_env(str(ROOT / ".env"))
VAR = Path(env("VAR_FOLDER", default="") or ROOT / "var")
#: Visitors wait for this process, so it waits for others less long than the worker does. `cms.wsgi` says so.
SERVING = env.bool("SERVING", default=False)

DEBUG = False
DEMO = False
ALLOWED_HOSTS: list[str] = []
BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILAPI_BASE_URL = BASE_URL
WAGTAIL_SITE_NAME = "Technicians’ Portal"

INSTALLED_APPS = [
    "home.demo",
    "search",
    "home.feeds",
    "home.pages",
    "home.commitment",
    "home.technicians",
    "home.registration",
    "home.applications",
    "home.development",
    "home.events",
    "home.news",
    "home.contributions",
    "home.topics",
    "home.blocks",
    "gallery",
    "cms.images",
    "cms.operation.apps.OperationConfig",
    "cms.people.apps.PeopleConfig",
    "cms.core",
    "cms.mail.apps.MailConfig",
    "cms.changes.apps.ChangesConfig",
    "cms.jobs.apps.JobsConfig",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.frontend_cache",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.people.apps.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.core.security.RequestIdMiddleware",
    "cms.operation.metrics.CountingMiddleware",
    "cms.core.security.AliveMiddleware",
    "cms.core.odd_requests.OddRequestMiddleware",  # before what reads queries and forms
    "cms.body_limits.BodyLimitMiddleware",  # before what reads forms: even a “no” reads the form it answers
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.core.security.AreaPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "home.pages.admin_access.AdminAccessMiddleware",
    "cms.core.capitals.CapitalsMiddleware",
    "home.pages.renamed.RenamedMiddleware",  # after it, when neither knows the address
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.core.context.portal",
            ],
            "builtins": ["cms.core.templatetags.portal"],
        },
    }
]

# SQLite is the embedded default. IMMEDIATE, because a read-then-write transaction otherwise fails at once with
# "database is locked", whatever the timeout.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
DATABASES = {"default": env.db_url_config(env("DATABASE_URL", default="") or f"sqlite:///{VAR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    _patience = (
        {"lock_timeout": "3s", "statement_timeout": "15s", "idle_in_transaction_session_timeout": "60s"}
        if SERVING
        else {"lock_timeout": "20s", "idle_in_transaction_session_timeout": "10min"}
    )
    _options = DATABASES["default"].setdefault("OPTIONS", {})
    # What DATABASE_URL says of its own comes last, and wins.
    _options["options"] = " ".join(
        [*(f"-c {name}={value}" for name, value in _patience.items()), _options.get("options", "")]
    ).strip()
    _options.setdefault("connect_timeout", 5)

# Rate limits count in this cache, so every process must share it: the database unless CACHE_URL says otherwise. Of
# Django's 300 entries it would drop counters on any busy day.
_cache = env.cache_url_config(env("CACHE_URL", default="") or "dbcache://portal_cache")
_options = _cache.setdefault("OPTIONS", {})
if _cache["BACKEND"].endswith(".DatabaseCache"):
    _cache["BACKEND"] = "cms.core.caches.DatabaseCache"
    _options.setdefault("MAX_ENTRIES", 100_000)
elif _cache["BACKEND"].endswith(".RedisCache"):
    _cache["BACKEND"] = "cms.core.caches.RedisCache"
    _options |= {"socket_connect_timeout": 1, "socket_timeout": 1}
CACHES: dict[str, dict] = {"default": _cache}

# --- Files. The default storage is the private one: whatever forgets to choose is private.
PRIVATE_ROOT = VAR / "private"
MEDIA_ROOT = VAR / "public"
MEDIA_URL = env("PUBLIC_MEDIA_URL", default="/media/")
STATIC_ROOT = VAR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "cms" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cms.core.site_styles.SiteStylesFinder",
]
PRIVATE_ACCEL_PREFIX = env("PRIVATE_ACCEL_PREFIX", default="")
# What was taken back for good, for whoever restores a backup. Best on a disk that is not the database's.
WITHDRAWALS_LOG = env("WITHDRAWALS_LOG", default="") or VAR / "withdrawals.log"
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "cms.core.uploads.UnnamedFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # as long pages have; of other forms: cms.core.odd_requests
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # form fields only; the whole of a body: cms.body_limits

if env("AWS_STORAGE_PRIVATE_BUCKET", default=""):
    AWS_STORAGE_PRIVATE_BUCKET = env("AWS_STORAGE_PRIVATE_BUCKET")
    AWS_STORAGE_PUBLIC_BUCKET = env("AWS_STORAGE_PUBLIC_BUCKET")
    AWS_S3_ENDPOINT_URL = env("AWS_S3_ENDPOINT_URL", default=None)
    AWS_S3_REGION_NAME = env("AWS_S3_REGION_NAME", default=None)
    AWS_S3_ADDRESSING_STYLE = env("AWS_S3_ADDRESSING_STYLE", default="path")
    _PRIVATE, _PUBLIC = "cms.core.storage.PrivateS3Storage", "cms.core.storage.PublicS3Storage"
else:
    _PRIVATE, _PUBLIC = "cms.core.storage.PrivateDiskStorage", "cms.core.storage.PublicDiskStorage"

STORAGES = {
    "default": {"BACKEND": _PRIVATE},
    "private": {"BACKEND": _PRIVATE},
    "public": {"BACKEND": _PUBLIC},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Work that no visitor waits for
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- People and sign-in: one door, for the desk and for the admin
AUTH_USER_MODEL = "people.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # unique without case, by a constraint the check does not know
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/start/"  # leads everybody to where their work is
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
ACCOUNT_ADAPTER = "cms.people.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "cms.people.accounts.NameForm"
ACCOUNT_FORMS = {
    "login": "cms.people.account_forms.SignInForm",
    "confirm_login_code": "cms.people.account_forms.LoginCodeForm",
    "confirm_email_verification_code": "cms.people.account_forms.AddressCodeForm",
    "request_login_code": "cms.people.account_forms.CodeRequestForm",
    "signup": "cms.people.account_forms.SignUpForm",
    "add_email": "cms.people.account_forms.OtherAddressForm",
    # Without the old one: its page has asked for it a moment ago, or for a code.
    "change_password": "allauth.account.forms.SetPasswordForm",
    "reset_password": "cms.people.account_forms.ForgottenPasswordForm",
}
# Keyed by an account alone, a limit would let anybody shut it for its owner (cms.people.limits).
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login_failed": "5/5m/key",  # by an account and where from
    "login_failed_anywhere": "100/h/key",  # by an account, but not from browsers it has signed in from
    "request_login_code": "20/m/ip",
    "reset_password": "20/m/ip",
    "confirm_email": "20/m/ip",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# The form to correct an address would be missing where the address has an account already, and so tell that.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # time enough to find the mail, in gloves
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # signing in asks whether the computer is shared
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.errors.csrf_failure"

# --- E-mail
vars().update(env.email_url_config(env("EMAIL_URL", default="") or "consolemail://"))
EMAIL_TIMEOUT = 10  # seconds; a silent server is tried again later
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Technicians’ Portal <technicians@calderwick.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Language and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# --- Browsers' rules. Public pages are strict; the admin has a policy of its own (cms.core.security).
CONTENT_SECURITY_POLICY: dict[str, dict] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],  # wall geometry and colour grounds only
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "script-src": [SELF, "'unsafe-inline'"],  # Wagtail's admin pages carry small inline scripts
    "style-src": [SELF, "'unsafe-inline'"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],
    "object-src": [NONE],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
}
if MEDIA_URL.startswith("http"):
    _origin = "/".join(MEDIA_URL.split("/")[:3])
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(_origin)
    ADMIN_CONTENT_SECURITY_POLICY["img-src"].append(_origin)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# --- Wagtail
WAGTAIL_FINISH_WORKFLOW_ACTION = "gallery.workflow.finish"
WAGTAILIMAGES_IMAGE_MODEL = "images.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.images.forms.PortalImageForm"  # judges files by content, kindly
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "tif", "tiff", "webp", "avif", "heic", "heif"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # passwords are changed at the one door
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False  # a code by e-mail opens an account that has none
WAGTAILAPI_LIMIT_MAX = 100
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one clock for everybody: a second one would move what is typed
TAGGIT_CASE_INSENSITIVE = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend"}}
WAGTAILEMBEDS_FINDERS: list[dict] = []

# --- What keeps it running
METRICS_ALLOWED = [
    ip_network(one.strip(), strict=False) for one in env.list("METRICS_ALLOWED", default=["127.0.0.0/8", "::1/128"])
]
LEAST_FREE_DISK_MB = env.int("LEAST_FREE_DISK_MB", default=500)

# --- Logs
LOG_FORMAT = env("LOG_FORMAT", default="") or "line"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "cms.core.logs.MaskingFormatter",
            "format": "{asctime} {levelname} {name} [{request_id}]: {message}",
            "style": "{",
        },
        "json": {"()": "cms.core.logs.JSONFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gallery": {"level": "INFO"},
        "cms": {"level": "INFO"},
        # What is not there, or not for whoever asked, stands in the access log; here it would drown the rest.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
