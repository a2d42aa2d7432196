from django.apps import AppConfig


class JoiningConfig(AppConfig):
    name = "home.joining"
    label = "joining"
    verbose_name = "Joining"
