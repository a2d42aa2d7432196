"""Every address. The site's own routes come before Wagtail's pages."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from cms import body_limits, errors
from cms.core.page_passwords import open_page
from cms.operation.metrics import metrics
from cms.operation.readiness import readyz
from cms.people.account_screen import AccountView

#: Wagtail has doors of its own, which know neither limits nor whether an address is proved.
to_the_one_door = RedirectView.as_view(url=settings.LOGIN_URL, query_string=True)

handler400 = errors.bad_request
handler500 = errors.server_error

urlpatterns = [
    path("_util/login/", to_the_one_door),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("_util/too-large/", body_limits.too_large),
    path("admin/account/", require_admin_access(AccountView.as_view()), name="wagtailadmin_account"),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("cms.people.urls")),
    path("api/", include("cms.api_urls")),
    path("", include("gallery.public.urls")),
    path("", include("search.urls")),
    path("", include("gallery.desk.urls")),
    path("", include("home.pages.urls")),
    path("", include("home.applications.urls")),
    path("", include("home.demo.urls")),
    path("", include("home.events.urls")),
    path("", include("home.feeds.urls")),
    path("", include("home.news.urls")),
    path("", include("home.registration.urls")),
    path("_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", open_page),
    path("", include(wagtail_urls)),
]
