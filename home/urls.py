"""Addresses of the portal that are not pages, included before Wagtail's."""

from django.urls import URLPattern, URLResolver, include, path

from home.views import bodies, events, press

urlpatterns: list[URLPattern | URLResolver] = [
    path("events/calendar.ics", events.everything, name="events-calendar"),
    path("events/<slug:slug>.ics", events.one, name="event-calendar"),
    path("events/<slug:slug>/<uuid:session>.ics", events.session, name="session-calendar"),
    path("desk/press/", press.waiting, name="press"),
    path("desk/press/<int:pk>/", press.preview, name="press-preview"),
    path("registration/bodies/<slug:slug>/", bodies.body),
    path("", include("home.feeds.urls")),
]
