"""The files of deploy/ and the Dockerfile, as far as they can be tried one by one."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
UNITS = sorted((ROOT / "deploy").glob("portal-*.*"))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_understands_every_line_of_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        here = unit.read_text().replace("/srv/portal/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(here)
    files = sorted(tmp_path.iterdir())
    answer = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


def test_the_units_share_their_user_their_folders_and_their_walls() -> None:
    def facts(unit: Path) -> list[str]:
        lines = unit.read_text().replace("\\\n", " ").splitlines()
        own = r"#|\[|$|(Type|Description|Exec\w+|Restart\w*|Kill\w+|Timeout\w+|StartLimit\w+|After|Wants|WantedBy"
        own += r"|Nice|IOSchedulingClass)=|ReadWritePaths=-/var/backups/portal$"
        return [line for line in lines if not re.match(own, line)]

    first, *others = [facts(unit) for unit in UNITS if unit.suffix == ".service"]
    assert others == [first] * 3
    for line in ("User=portal", "ProtectSystem=strict", "ReadWritePaths=/srv/portal/var", "NoNewPrivileges=yes"):
        assert line in first
    assert "Environment=TMPDIR=/srv/portal/var/tmp" in first
    assert "TMPDIR=/srv/portal/var/tmp" in (ROOT / "deploy/portal").read_text()


def test_the_image_serves_as_the_unit_does() -> None:
    (command,) = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    unit = (ROOT / "deploy/portal-web.service").read_text().replace("\\\n", " ")
    (served,) = re.findall(r"^ExecStart=\S+ -m (gunicorn .*)$", unit, re.MULTILINE)
    assert json.loads(command) == shlex.split(served.replace("127.0.0.1:8000", "0.0.0.0:8000"))


def test_the_image_can_collect_its_static_files(tmp_path: Path) -> None:
    """Production's settings refuse what is unsafe, and so they did with what the image was built with."""
    (command,) = re.findall(r"^RUN (SECRET_KEY=.*)$", DOCKERFILE.replace("\\\n", " "), re.MULTILINE)
    python = Path(sys.executable)
    command = command.replace("/venv/bin/python", str(python))
    kept = {"PATH": f"{python.parent}:{os.environ['PATH']}", "VAR_FOLDER": str(tmp_path)}
    subprocess.run(["sh", "-c", command], cwd=ROOT, env=kept, check=True, capture_output=True)
    assert (tmp_path / "static/staticfiles.json").exists()
