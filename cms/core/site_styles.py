"""One style sheet for every public page, `cms/css/site.css`, joined from the sheets that people write.

A visitor fetches it once for all pages, without comments; whoever writes a sheet has one subject before them. What
a later sheet says wins over an earlier one of the same layer.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SITE = "cms/css/site.css"
FOLDER = Path(__file__).parents[1] / "static/cms/css"
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
SHEETS = "base components lists frame forms wall exhibit news events people commitment careers".split()


class SiteStylesFinder(BaseFinder):
    """Finds `site.css` for `collectstatic` and for a server that reads static files from the source tree."""

    def __init__(self, app_names: Iterable[str] | None = None) -> None:
        self.storage = FileSystemStorage(location=Path(settings.STATIC_ROOT).with_name("styles"))

    def find(self, path: str, find_all: bool = False) -> Any:
        found = [self._join()] if path == SITE else []
        return found[0] if found and not find_all else found  # None would be a find

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        self._join()
        yield SITE, self.storage

    def _join(self) -> str:
        """Written only if a sheet has changed, and renamed when whole: several processes may do it at once."""
        joined = Path(self.storage.path(SITE))
        text = "\n".join(COMMENT.sub("", (FOLDER / f"{sheet}.css").read_text()) for sheet in SHEETS)
        if not joined.exists() or joined.read_text() != text:
            joined.parent.mkdir(parents=True, exist_ok=True)
            half = joined.with_suffix(f".{os.getpid()}")
            half.write_text(text)
            half.replace(joined)
        return str(joined)
