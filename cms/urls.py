"""Every address. The site's own routes come before Wagtail's pages."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from cms.core import views as core_views

urlpatterns = [
    path("readyz", core_views.readyz),
    path("media/<path:name>", core_views.public_file, name="public-file"),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("allauth.account.urls")),
    path("api/", include("cms.api_urls")),
    path("", include("gallery.public.urls")),
    path("", include("search.urls")),
    path("", include("gallery.desk.urls")),
    path("", include("home.applications.urls")),
    path("", include("home.demo.urls")),
    path("", include("home.events.urls")),
    path("", include("home.feeds.urls")),
    path("", include("home.news.urls")),
    path("", include("home.registration.urls")),
    path("", include(wagtail_urls)),
]
