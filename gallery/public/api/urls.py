"""Addresses under `/api/gallery/v1/`."""

from django.urls import path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.api.answers import open_to_all

from . import description
from .routes import api

app_name = "gallery-v1"
urlpatterns = decorate_urlpatterns(
    [
        path("", description.index, name="index"),
        path("openapi.json", description.openapi_json, name="openapi-json"),
        path("docs/", description.docs, name="docs"),
        *api.urls[0],
    ],
    open_to_all,
)
