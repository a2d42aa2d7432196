"""What `bin/demo` does with its folder: half a start leaves nothing to mend, data of another version is refused."""

import importlib.machinery
import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.kept_database import ROOT

Seed = Callable[[Path], None]


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script with a `var/` of its own, and a seeding that writes three files into the folder it is told."""
    loader = importlib.machinery.SourceFileLoader("bin_demo", str(ROOT / "bin/demo"))
    spec = importlib.util.spec_from_loader("bin_demo", loader)
    assert spec is not None
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    script = importlib.util.module_from_spec(spec)
    loader.exec_module(script)
    for name in ("VAR", "DATABASE", "ACCOUNTS", "STAMP", "COMPLETE"):
        monkeypatch.setattr(script, name, tmp_path / getattr(script, name).relative_to(ROOT))
    script.VAR.mkdir()

    def seed(command: list[str], env: dict[str, str]) -> None:
        folder = Path(env["VAR_FOLDER"])
        for name in ("portal.sqlite3", "demo-accounts.json", "private/masters/one.jpg"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("seeded")

    monkeypatch.setattr(script, "run", seed)
    return script


def files(demo: ModuleType) -> set[str]:
    return {str(file.relative_to(demo.VAR)) for file in demo.VAR.rglob("*") if file.is_file()}


EVERYTHING = {"portal.sqlite3", "demo-accounts.json", "demo-stamp", "private/masters/one.jpg"}


def test_everything_is_in_its_place(demo: ModuleType) -> None:
    demo.make_data({}, None)
    assert files(demo) == EVERYTHING
    assert [path.name for path in demo.VAR.iterdir() if path.name.startswith("demo-new")] == []
    demo.check_data(None)


def test_what_an_interrupted_seeding_left_is_removed(demo: ModuleType) -> None:
    half = demo.VAR / "demo-new-x1/private/masters"
    half.mkdir(parents=True)
    (half / "two.jpg").write_text("half")
    demo.make_data({}, None)
    assert files(demo) == EVERYTHING


def test_a_seeding_that_outlives_its_start_writes_into_nobody_elses_folder(demo: ModuleType, monkeypatch) -> None:
    folders = []
    monkeypatch.setattr(demo, "run", lambda command, env: folders.append(env["VAR_FOLDER"]) or 1 / 0)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            demo.build({}, None)
    assert folders[0] != folders[1]
    assert not demo.DATABASE.exists()
    assert not demo.COMPLETE.exists()


@pytest.mark.parametrize("moved", range(len(EVERYTHING) + 1))
def test_moving_may_be_interrupted_anywhere(demo: ModuleType, monkeypatch, moved: int) -> None:
    replace, done = Path.replace, []

    def break_after_some(file: Path, place: Path) -> None:
        if len(done) == moved:
            raise KeyboardInterrupt
        done.append(replace(file, place))

    demo.build({}, None)
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", break_after_some)
        broken.setattr(demo.shutil, "rmtree", lambda folder: 1 / 0)
        with pytest.raises((KeyboardInterrupt, ZeroDivisionError)):
            demo.put_in_place()
    assert demo.DATABASE.exists() == (moved == len(EVERYTHING))
    demo.put_in_place()
    assert files(demo) == EVERYTHING


def test_other_files_and_their_folders_stay(demo: ModuleType) -> None:
    (demo.VAR / "private/masters").mkdir(parents=True)
    (demo.VAR / "private/masters/mine.jpg").write_text("mine")
    (demo.VAR / "portal.sqlite3-wal").write_text("of a database that is gone")
    demo.make_data({}, None)
    assert files(demo) == EVERYTHING | {"private/masters/mine.jpg"}


def test_accounts_that_were_taken_away_are_made_again(demo: ModuleType, monkeypatch) -> None:
    demo.make_data({}, None)
    demo.ACCOUNTS.unlink()
    commands = []
    monkeypatch.setattr(demo, "run", lambda command, env: commands.append(command[1:]))
    demo.make_data({}, None)
    assert commands == [["manage.py", "seed_demo"]]


@pytest.mark.parametrize("stamp", [None, "of another version"])
def test_data_of_another_version_is_refused_in_one_sentence(demo: ModuleType, stamp: str | None) -> None:
    demo.make_data({}, None)
    demo.STAMP.unlink()
    if stamp:
        demo.STAMP.write_text(stamp)
    with pytest.raises(SystemExit, match="Remove var/ and start again"):
        demo.check_data(None)


def test_photographs_are_for_the_first_start(demo: ModuleType, tmp_path: Path) -> None:
    demo.check_data(tmp_path)
    demo.make_data({}, tmp_path)
    with pytest.raises(SystemExit, match="made already"):
        demo.check_data(tmp_path)
