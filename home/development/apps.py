from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    name = "home.development"
    label = "development"
    verbose_name = "Development"
