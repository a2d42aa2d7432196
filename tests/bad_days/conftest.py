"""One installation for all bad days: each ends with everybody well again."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bad_days.house import Database, House, whats_missing


@pytest.fixture(scope="session")
def database() -> Iterator[Database]:
    if missing := whats_missing():
        pytest.skip(f"needs {missing}")
    folder = Path(tempfile.mkdtemp(prefix="bad-days-"))  # where postgres may pass through
    database = Database(folder)
    database.start()
    yield database
    database.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def installed(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"), database)
    house.manage("migrate", "--verbosity", "0")
    house.manage("collectstatic", "--noinput", "--verbosity", "0")
    house.act("make_edition()")
    yield house
    house.end()


@pytest.fixture
def house(installed: House) -> Iterator[House]:
    yield installed
    installed.end()
    # What they have left for later, whose files may have been somewhere else, and what they had taken on.
    installed.database.do("UPDATE gallery_master SET preview = 'lost' WHERE preview = ''")
    installed.database.do("UPDATE gallery_entry SET hang_asked_at = NULL WHERE state = 'approved'")
    installed.database.do("DELETE FROM django_tasks_database_dbtaskresult")
    print(installed.log[-6000:])
    (installed.folder / "log").unlink(missing_ok=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """40 MB that are soon full."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=40m,mode=0755"]
    if subprocess.run(["mount", *options, "none", folder], capture_output=True, check=False).returncode:
        pytest.skip("needs a root who may mount")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str, float], None]:
    """Of a machine that has other things to do: nothing depends on it."""

    def say(what: str, seconds: float) -> None:
        with capsys.disabled():
            print(f"\n  {what}, after {seconds:.1f} s")

    return say
