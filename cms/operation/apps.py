from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "cms.operation"
    label = "operation"
    verbose_name = "Operation"
