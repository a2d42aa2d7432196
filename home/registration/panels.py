"""Panels of the editors' forms that say something rather than ask."""

from wagtail.admin.panels import Panel


class AgePanel(Panel):
    """Says so when the facts of a page were checked too long ago. Shown for pages with `facts_are_old`."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "registration/admin/age_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk and self.instance.last_checked and self.instance.facts_are_old)
