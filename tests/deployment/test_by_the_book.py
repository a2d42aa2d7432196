"""Whether docs/deployment.md leads from a fresh Debian to a site that serves: its blocks of commands are run, as
root and to the letter, on a machine of their own (`box.sh`) with Debian's systemd, PostgreSQL and nginx. What needs
a network is done by `stand_ins/`: apt-get and pip find what they are asked for on this machine, certbot signs for
itself. A drama: `bin/test --all` plays it.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from PIL import Image

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NEEDED = "unshare ip pivot_root setpriv curl git openssl nginx pg_createcluster systemctl journalctl".split()
DEBIANS = "/usr/bin/python3"
SECONDS = 600


def whats_missing() -> str:
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    if os.geteuid() != 0:
        return "root"
    if missing := [name for name in NEEDED if not shutil.which(name, path=path)]:
        return ", ".join(missing)
    version = "import sys, ensurepip; print(sys.version_info[:2])"
    told = subprocess.run([DEBIANS, "-c", version], capture_output=True, text=True, check=False)
    if told.stdout.strip() != str(sys.version_info[:2]):
        return "Debian's python3-venv in the version of .venv"
    return ""


def in_a_box(*command: str | Path, **options: object) -> subprocess.CompletedProcess:
    own = ["--mount", "--pid", "--fork", "--kill-child", "--net", "--ipc", "--uts", "--cgroup"]
    return subprocess.run(["unshare", *own, *command], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]


def keep_this_version(repository: Path) -> None:
    """A repository with all that would be committed now."""
    listed = ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, repository / name)
    for command in (
        ["init", "-q"],
        ["add", "--all"],
        ["-c", "user.name=n", "-c", "user.email=n@n", "commit", "-qm", "All"],
    ):
        subprocess.run(["git", "-C", repository, *command], check=True)


@pytest.mark.drama
def test_the_document_leads_to_a_site_that_serves(tmp_path: Path) -> None:
    if missing := whats_missing():
        pytest.skip(f"needs {missing}")
    if (tried := in_a_box("mount", "-t", "cgroup2", "cgroup2", "/sys/fs/cgroup")).returncode:
        pytest.skip(f"needs a root who may make namespaces: {tried.stderr.strip()}")
    tmp_path.chmod(0o755)
    (tmp_path / "packages").mkdir()
    keep_this_version(tmp_path / "repository")
    shutil.copytree(HERE, tmp_path / "tests")
    shutil.copy(ROOT / "docs/deployment.md", tmp_path)
    Image.effect_noise((2400, 1600), 60).save(tmp_path / "photo.jpg", quality=95)  # so large that it waits on disk
    with_box = in_a_box("bash", HERE / "box.sh", tmp_path, sysconfig.get_path("purelib"), timeout=SECONDS)
    log = (tmp_path / "log").read_text() if (tmp_path / "log").exists() else with_box.stderr
    print(log)
    assert (tmp_path / "code").exists(), log
    assert (tmp_path / "code").read_text() == "0", log
