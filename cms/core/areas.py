"""The site's own addresses right under `/`, and what stands there. Everything else is a page.

Headers, `robots.txt`, slugs that pages cannot have, the stranger's walk and `deploy/nginx.conf` follow this table.
"""

import enum


class Area(enum.Enum):
    #: Asks who you are, or takes what you write: never kept by a cache, and tells no other site where you were.
    PRIVATE = enum.auto()
    PUBLIC = enum.auto()
    #: Says how the installation is, some of it to some addresses only: never kept, whatever it says.
    WATCHING = enum.auto()
    #: Files of the release, the same for everybody.
    RELEASE = enum.auto()
    #: A page and the pages below it, with some addresses of our own among them.
    PAGES = enum.auto()


#: Some have nothing behind them yet. They are kept, so that no page takes them.
AREAS = {
    "admin": Area.PRIVATE,
    "desk": Area.PRIVATE,
    "forms": Area.PRIVATE,
    "consent": Area.PRIVATE,
    "judge": Area.PRIVATE,
    "accounts": Area.PRIVATE,
    "demo": Area.PRIVATE,
    "_util": Area.PRIVATE,  # where Wagtail asks for the password of a page
    "api": Area.PUBLIC,
    "embed": Area.PUBLIC,
    "feeds": Area.PUBLIC,
    "healthz": Area.WATCHING,
    "iiif": Area.PUBLIC,
    "media": Area.PUBLIC,
    "metrics": Area.WATCHING,
    "oembed": Area.PUBLIC,
    "readyz": Area.WATCHING,
    "robots.txt": Area.PUBLIC,
    "search": Area.PUBLIC,
    "sitemap.xml": Area.PUBLIC,
    "static": Area.RELEASE,
    "events": Area.PAGES,
    "exhibitions": Area.PAGES,
    "registration": Area.PAGES,
}


def _paths(*kinds: Area) -> tuple[str, ...]:
    return tuple(f"/{name}/" for name, kind in AREAS.items() if kind in kinds)


PRIVATE_AREAS = _paths(Area.PRIVATE)
WATCHING_PATHS = frozenset(f"/{name}" for name, kind in AREAS.items() if kind is Area.WATCHING)
#: Where a walk through all that is public has no business.
CLOSED_TO_WALKS = _paths(Area.PRIVATE, Area.RELEASE)
#: For `robots.txt`: forms among the pages, too, and lists narrowed by two things at once, of which there are
#: thousands.
CLOSED_TO_ROBOTS = (*PRIVATE_AREAS, "/exhibitions/*/enter/", "/*?*&")
#: Slugs that no page right under the home page can have.
RESERVED_SLUGS = frozenset(name for name, kind in AREAS.items() if kind is not Area.PAGES)


def is_private(path: str) -> bool:
    return path.startswith(PRIVATE_AREAS)
