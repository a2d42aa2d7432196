from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "home.feeds"
    label = "feeds"
    verbose_name = "Feeds"
