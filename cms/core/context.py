"""What every template knows: whose site this is and the main menu.

It stands on every page and changes rarely, so each process remembers it for up to a minute: no query, and a
change in the admin shows within the minute everywhere, at once in the process that made it.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site

from .areas import is_private
from .models import PortalSettings
from .process_cache import ProcessCache

#: Pages under the home page that stand at the foot of every page, once they are published.
FOOTER_SLUGS = ("about", "how-to-enter", "how-we-decide", "help", "developers", "accessibility", "privacy")
#: What stands in the menu beside the site's own pages.
TOOLS = ("/search/", "/desk/")
#: Forgotten when settings or pages are saved.
CACHE: ProcessCache[dict[str, Any]] = ProcessCache()


def _read() -> dict:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return {"portal": PortalSettings(), "menu": [], "footer": [], "cached_includes": {}}
    pages = Page.objects.child_of(site.root_page).live().public().only("title", "slug", "show_in_menus")
    links = {page.slug: {"title": page.title, "url": f"/{page.slug}/"} for page in pages}
    return {
        "portal": PortalSettings.of(site),
        "menu": [links[page.slug] for page in pages if page.show_in_menus],
        "footer": [links[slug] for slug in FOOTER_SLUGS if slug in links],
        "cached_includes": {},
    }


def current() -> dict:
    """`portal`, the site's settings; `menu`, the home page's children shown in menus; `footer`, the formal ones;
    `kept`, the markup made of them (see the tag `kept`)."""
    return CACHE.get(_read)


def portal(request: HttpRequest) -> dict:
    """Context processor. `section` is the address in the menu that the page stands below, or is, and `inside` tells
    which; `reportable` is the page's own path if a visitor may tell us that something is wrong with it."""
    site = current()
    addresses = (*(item["url"] for item in site["menu"]), *TOOLS)
    section = next((address for address in addresses if request.path.startswith(address)), "")
    return {
        **site,
        "section": section,
        "inside": request.path != section,
        "demo": settings.DEMO,
        "base_url": settings.BASE_URL,
        "reportable": "" if is_private(request.path) else request.path,
    }
