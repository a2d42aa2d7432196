"""What `bin/bench` says, and whether its nginx still is the one that deploy/nginx.conf describes."""

import subprocess
from pathlib import Path

import pytest

from tests.benchmarks.contenders.front import nginx_conf

ROOT = Path(__file__).resolve().parents[1]
SITE = (ROOT / "deploy/nginx.conf").read_text()


def test_a_wrong_name_lists_all_names_with_a_line_each():
    answer = subprocess.run([ROOT / "bin/bench", "nonsense"], capture_output=True, text=True, check=False)
    first, *lines = answer.stderr.splitlines()
    assert (answer.returncode, answer.stdout) == (2, "")
    assert first == "There is no benchmark called nonsense. There are:"
    names = sorted(path.stem for path in (ROOT / "tests/benchmarks").glob("[a-z]*.py"))
    assert {"audit", "pictures"} < set(names)
    assert [line.split()[0] for line in lines] == names
    assert [line for line in lines if len(line.split()) < 5] == []
    listed = subprocess.run([ROOT / "bin/bench", "--help"], capture_output=True, text=True, check=True)
    assert listed.stdout.splitlines() == lines


@pytest.mark.parametrize("secure", [True, False])
def test_its_nginx_is_that_of_deployment_on_other_ports_and_folders(secure):
    conf = nginx_conf(SITE, folder=Path("/there"), front=4443, back=4000, secure=secure)
    assert ("listen 127.0.0.1:4443 ssl http2;" in conf, "listen 127.0.0.1:4443;" in conf) == (secure, not secure)
    assert "server 127.0.0.1:4000;" in conf
    assert "/srv/portal" not in conf
    assert [line for line in SITE.splitlines() if "gzip" in line and line not in conf] == []


def test_it_says_so_when_a_line_it_replaces_has_gone():
    with pytest.raises(SystemExit) as ended:
        nginx_conf(SITE.replace("listen [::]:80;", ""), folder=Path("/there"), front=1, back=2, secure=True)
    assert str(ended.value) == "deploy/nginx.conf no longer says “listen [::]:80;”, which front.py replaces."
