"""A site with something of everything, its backup, and what happened there afterwards: once for all tests."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cms.operation.backup import acts
from tests.cms.operation.backup.sites import Rows, Site


class Filled(NamedTuple):
    site: Site
    backup: Path
    #: When the backup was made.
    rows: Rows
    private: dict[str, bytes]
    facts: dict[str, Any]
    #: The cursor of a reader who has seen what happened after the backup.
    later: str


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("backup")
    with django_db_blocker.unblock():
        site = Site(folder / "filled", migrated=True)
        try:
            facts = site.call(acts.fill)
            rows, private = site.rows(), site.files("private")
            site.does("backup", str(folder / "portal.tar"))
            later = site.call(acts.go_on)
            yield Filled(site, folder / "portal.tar", rows, private, facts, later)
        finally:
            site.remove()


@pytest.fixture
def make_site(tmp_path: Path, filled: Filled) -> Iterator[Callable[..., Site]]:
    """An empty one, which knows the log of withdrawals."""
    sites: list[Site] = []

    def make(name: str = "empty", **options: bool) -> Site:
        site = Site(tmp_path / name, **options)
        sites.append(site)
        shutil.copy(filled.site.log, site.log)
        return site

    yield make
    for site in sites:
        site.remove()


@pytest.fixture
def empty(make_site: Callable[..., Site]) -> Site:
    return make_site()
