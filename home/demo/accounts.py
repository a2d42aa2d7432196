"""The demo's accounts with their passwords: one file per install, readable by its owner only."""

import json
import os
from pathlib import Path

from django.conf import settings

Account = dict[str, str]

#: Roles a visitor of the demo can play, in the order they are shown.
ROLES = tuple("photographer contributor moderator curator co-ordinator editor press judge admin".split())


def path() -> Path:
    return settings.VAR / "demo-accounts.json"


def keep(accounts: list[Account]) -> None:
    """Each account is `role`, `name`, `email` and `password`. Of each role the first given is the one to try."""
    accounts = sorted(accounts, key=lambda account: ROLES.index(account["role"]))
    path().parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, 0o600)  # the file may have been there with other rights
        json.dump(accounts, file, ensure_ascii=False, indent=2)
        file.write("\n")


def kept() -> list[Account]:
    """Empty when the demo was not seeded, or its file was taken away."""
    try:
        return json.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
