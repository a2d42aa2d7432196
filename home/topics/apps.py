from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "home.topics"
    label = "topics"
    verbose_name = "Themes and figures"
