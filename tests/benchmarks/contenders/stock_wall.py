"""The wall as a stock Wagtail site has it: a page type, its image model, `{% picture %}` in three widths and two
formats with every rendition made beforehand and fetched at once, behind the middleware `wagtail start` writes."""

import json
import tempfile
from io import BytesIO
from time import process_time

import django
import environ
from django.conf import settings

ROUNDS, REQUESTS = 9, 15
PAGE = """{% load wagtailcore_tags wagtailimages_tags wagtailuserbar %}<!doctype html>
<title>{{ page.title }}</title>
<h1>{{ page.title }}</h1><ul>{% for image in images %}<li><figure>
{% picture image format-{avif,jpeg} width-{320,640,1024} sizes="33vw" loading="lazy" %}
<figcaption>{{ image.title }}</figcaption></figure></li>{% endfor %}</ul>{% wagtailuserbar %}"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        database = environ.Env().db_url(default="sqlite://:memory:")
        database["TEST"] = {"NAME": "test_stock_wall"} if "postgresql" in database["ENGINE"] else {}
        settings.configure(
            SECRET_KEY="for the bench",
            ALLOWED_HOSTS=["*"],
            DATABASES={"default": database},
            INSTALLED_APPS=[
                *("wagtail.sites", "wagtail.users", "wagtail.documents", "wagtail.images", "wagtail.search"),
                *("wagtail.admin", "wagtail.contrib.redirects", "wagtail", "modelcluster", "taggit"),
                *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"),
                *("django.contrib.messages", "django.contrib.staticfiles"),
            ],
            MIDDLEWARE=[
                "django.contrib.sessions.middleware.SessionMiddleware",
                "django.middleware.common.CommonMiddleware",
                "django.middleware.csrf.CsrfViewMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware",
                "django.contrib.messages.middleware.MessageMiddleware",
                "django.middleware.clickjacking.XFrameOptionsMiddleware",
                "django.middleware.security.SecurityMiddleware",
                "wagtail.contrib.redirects.middleware.RedirectMiddleware",
            ],
            TEMPLATES=[
                {
                    "BACKEND": "django.template.backends.django.DjangoTemplates",
                    "APP_DIRS": True,
                    "OPTIONS": {
                        "context_processors": [
                            "django.template.context_processors.request",
                            "django.contrib.auth.context_processors.auth",
                        ]
                    },
                }
            ],
            ROOT_URLCONF="wagtail.urls",
            MEDIA_ROOT=folder,
            MEDIA_URL="/media/",
            STATIC_URL="/static/",
            WAGTAIL_SITE_NAME="Stock",
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        )
        django.setup()
        from django.db import connection

        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            print(json.dumps(measured()))
        finally:
            connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def measured() -> dict:
    from django.core import signals
    from django.core.files.images import ImageFile
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import close_old_connections, connection
    from django.http import HttpResponse
    from django.template import engines
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext
    from PIL import Image as Picture
    from wagtail import hooks
    from wagtail.images.models import Image

    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    for number in range(24):
        drawn = BytesIO()
        Picture.new("RGB", (1200, 800), (number * 10, 90, 120)).save(drawn, "JPEG")
        drawn.seek(0)
        Image.objects.create(title=f"Picture {number}", file=ImageFile(drawn, name=f"{number}.jpg"))
    template = engines["django"].from_string(PAGE)

    def wall(page, request, args, kwargs) -> HttpResponse:
        images = Image.objects.prefetch_renditions().order_by("pk")[:24]
        return HttpResponse(template.render({"page": page, "images": images}, request))

    application, requests = WSGIHandler(), RequestFactory()

    def ask() -> bytes:
        answer = application(requests.get("/").environ, lambda status, headers: None)
        body = b"".join(answer)
        assert body.count(b"<picture>") == 24
        return body

    with hooks.register_temporarily("before_serve_page", wall):
        ask()  # makes the renditions
        ask()
        spent = []
        for _ in range(ROUNDS):
            started = process_time()
            for _ in range(REQUESTS):
                ask()
            spent.append((process_time() - started) / REQUESTS * 1000)
        with CaptureQueriesContext(connection) as queries:
            ask()
    return {"cpu": min(spent), "queries": len(queries)}


if __name__ == "__main__":
    main()
