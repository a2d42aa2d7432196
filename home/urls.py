"""Addresses of the portal that are not pages, included before Wagtail's."""

from django.urls import URLPattern, URLResolver, include, path

from home.views import press

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/press/", press.waiting, name="press"),
    path("desk/press/<int:pk>/", press.preview, name="press-preview"),
    path("", include("home.feeds.urls")),
]
