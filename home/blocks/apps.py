from django.apps import AppConfig


class BlocksConfig(AppConfig):
    name = "home.blocks"
    label = "blocks"
    verbose_name = "Blocks"
