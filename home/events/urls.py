"""Calendar files. Included before Wagtail's pages."""

from django.urls import path

from home.events import views

urlpatterns = [
    path("events/calendar.ics", views.everything, name="events-calendar"),
    path("events/<slug:slug>.ics", views.one, name="event-calendar"),
    path("events/<slug:slug>/<uuid:session>.ics", views.session, name="session-calendar"),
]
