"""Inside the box: follows docs/deployment.md to the letter, at a terminal, then looks at what has come of it.

Only what Debian's own Python has. What it does stands in /book/log; /book/code is 0 when all of it went well.
"""

import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, "/book/tests")
import coming_back
import visit

BOOK = Path("/book")
HOST = "technicians.example.ac.uk"
#: What the document's first step asks to change.
NAMES = {"REPOSITORY": "/book/repository", "MAIL": "filemail:////srv/portal/var/mail"}
#: What `createsuperuser` asks at the terminal.
ANSWERS = {
    "E-mail: ": visit.ADMIN["email"],
    "Name: ": visit.ADMIN["name"],
    "Password: ": visit.ADMIN["password"],
    "Password (again): ": visit.ADMIN["password"],
}


def blocks(document: str, heading: str) -> str:
    """The commands below a heading, each group with the words in bold that stand before it."""
    section = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", document, re.MULTILINE | re.DOTALL)
    assert section, heading
    text = []
    for words, commands in re.findall(r"(.*?)^```sh\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL):
        names = re.findall(r"^\*\*(.*?)\*\*", words, re.MULTILINE)
        text.append(f"echo; echo '══ {names[-1] if names else heading}' $SECONDS s\n{commands}")
    assert text, heading
    return "".join(text)


def run(script: str, patience: float = 400) -> None:
    """In one root shell that stops at the first error and shows each line as it reads it."""
    file = Path("/root/script")
    file.write_text(f"set -euo pipefail\n{script}")
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("bash", ["bash", "-v", str(file)])  # noqa: S606
    said, deadline = b"", time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the shell has ended
            break
        say(part)
        said = (said + part)[-200:]
        for question, answer in ANSWERS.items():
            if said.endswith(question.encode()):
                os.write(terminal, f"{answer}\n".encode())
                said = b""
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, "The document leads nowhere."


def say(part: bytes) -> None:
    sys.stdout.buffer.write(part.replace(b"\r\n", b"\n"))
    sys.stdout.buffer.flush()


def main() -> None:
    document = (BOOK / "deployment.md").read_text()
    script = blocks(document, "From a fresh Debian 12 to a site")
    for name, value in NAMES.items():
        script, number = re.subn(rf"^{name}=.*$", f"{name}={value}", script, flags=re.MULTILINE)
        assert number == 1, name
    os.environ["CURL_CA_BUNDLE"] = f"/etc/letsencrypt/live/{HOST}/fullchain.pem"  # nobody else would believe it
    run(script)
    print("\n══ What has come of it", flush=True)
    visit.everything()
    print("\n══ An update", flush=True)
    visit.commit_something()
    run(blocks(document, "Updating"))
    visit.after_the_update()
    print("\n══ A backup, and back", flush=True)
    addresses = coming_back.a_backup_and_a_withdrawal()
    run(blocks(document, "Backup and restore"))
    coming_back.after_the_restore(*addresses)


if __name__ == "__main__":
    try:
        main()
    except BaseException:
        import traceback

        traceback.print_exc()
        journal = ["journalctl", "--no-pager", "-n", "60", "-u", "portal-web", "-u", "portal-worker", "-u", "nginx"]
        subprocess.run(journal, stdout=sys.stderr, check=False)
        (BOOK / "code").write_text("1")
    else:
        (BOOK / "code").write_text("0")
