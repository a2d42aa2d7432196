from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cms.core"
    label = "core"
    verbose_name = "Portal"

    def ready(self) -> None:
        from . import checks, signal_handlers  # noqa: F401  (registers itself; needs every model)
        from .bulk_actions import name_only_what_is_seen  # Wagtail's views need every model
        from .dates import use_one_clock  # Wagtail's fields need the list of apps
        from .spreadsheets import guard_exports  # Wagtail's views need every model
        from .text import clean_every_field  # Wagtail's fields need the list of apps

        clean_every_field()
        use_one_clock()
        name_only_what_is_seen()
        guard_exports()
