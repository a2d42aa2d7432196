from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "home.events"
    label = "events"
    verbose_name = "Events"
