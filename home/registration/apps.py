from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "home.registration"
    label = "registration"
    verbose_name = "Registration"
