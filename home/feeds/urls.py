from django.urls import path, re_path

from . import views

urlpatterns = [
    path("feeds/", views.chooser, name="feeds"),
    re_path(
        r"^feeds/(?P<path>[a-z]+(?:/[-\w]+)?)\.(?P<ending>rss|atom|json)$",
        views.feed,
        name="feed",
    ),
]
