from django.urls import path

from . import sitemaps
from .views import search

urlpatterns = [
    path("search/", search, name="search"),
    path("robots.txt", sitemaps.robots),
    path("sitemap.xml", sitemaps.index),
    path("sitemap-<slug:kind>-<int:part>.xml", sitemaps.addresses),
]
