from django.apps import AppConfig


class TechniciansConfig(AppConfig):
    name = "home.technicians"
    label = "technicians"
    verbose_name = "Technicians"
