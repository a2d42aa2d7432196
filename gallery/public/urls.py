"""Public addresses below an edition, included before Wagtail's pages."""

from django.urls import re_path

from . import views

urlpatterns = [
    re_path(
        r"^exhibitions/(?P<edition>[-\w]+)/(?P<public_id>[0-9A-Za-z]{4,12})-(?P<slug>[-\w]+)/$",
        views.exhibit,
        name="exhibit",
    ),
]
