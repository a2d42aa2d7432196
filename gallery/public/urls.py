"""Public addresses below an edition, and those of public files; included before Wagtail's pages."""

from django.urls import path, re_path

from . import editions, files, slideshow, views

urlpatterns = [
    path("media/<path:name>", files.public_file, name="public-file"),
    path("exhibitions/<slug:slug>/", editions.edition, name="edition"),
    path("exhibitions/<slug:slug>/rules/", editions.rules, name="rules"),
    path("exhibitions/<slug:edition>/slideshow/", slideshow.slideshow, name="slideshow"),
    path("exhibitions/<slug:edition>/slideshow/offline/", slideshow.offline),
    path("exhibitions/<slug:edition>/slideshow/photographs.json", slideshow.photographs),
    path("exhibitions/<slug:edition>/slideshow/worker.js", slideshow.worker),
    path("exhibitions/<slug:edition>/slideshow/<slug:public_id>.svg", slideshow.code),
    re_path(
        r"^exhibitions/(?P<edition>[-\w]+)/(?P<public_id>[0-9A-Za-z]{4,12})-(?P<slug>[-\w]+)/$",
        views.exhibit,
        name="exhibit",
    ),
]
