"""What every page's form checks."""

from wagtail.admin.forms import WagtailAdminPageForm

#: Addresses right under the home page that belong to the site itself, not to pages.
RESERVED_SLUGS = frozenset(
    "accounts admin api consent demo desk embed feeds forms healthz iiif judge media oembed readyz search static "
    "robots.txt sitemap.xml".split()
)
#: The home page's depth in Wagtail's tree. Addresses and trails begin below it.
HOME_DEPTH = 2


class PortalPageForm(WagtailAdminPageForm):
    """Refuses an address under which nobody would ever see the page."""

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.parent_page.depth == HOME_DEPTH and cleaned.get("slug") in RESERVED_SLUGS:
            self.add_error("slug", "The site itself uses this address. Please choose another.")
        return cleaned
