from django.apps import AppConfig


class CommitmentConfig(AppConfig):
    name = "home.commitment"
    label = "commitment"
    verbose_name = "Technician Commitment"
