"""What every page's form checks."""

from wagtail.admin.forms import WagtailAdminPageForm

from .areas import RESERVED_SLUGS

#: The home page's depth in Wagtail's tree. Addresses and trails begin below it.
HOME_DEPTH = 2


class PortalPageForm(WagtailAdminPageForm):
    """Refuses an address under which nobody would ever see the page."""

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.parent_page.depth == HOME_DEPTH and cleaned.get("slug") in RESERVED_SLUGS:
            self.add_error("slug", "The site itself uses this address. Please choose another.")
        return cleaned
