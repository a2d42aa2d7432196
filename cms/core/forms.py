"""What every page's form checks."""

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from .areas import RESERVED_SLUGS
from .dates import validate_year

#: The home page's depth in Wagtail's tree. Addresses and trails begin below it.
HOME_DEPTH = 2


class PortalPageForm(WagtailAdminPageForm):
    """Refuses an address under which nobody would ever see the page."""

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.parent_page.depth == HOME_DEPTH and cleaned.get("slug") in RESERVED_SLUGS:
            self.add_error("slug", "The site itself uses this address. Please choose another.")
        for name in ("go_live_at", "expire_at"):
            if moment := cleaned.get(name):
                try:
                    validate_year(moment)
                except ValidationError as problem:
                    self.add_error(name, problem)
        return cleaned
