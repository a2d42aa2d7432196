"""What must not change unnoticed stands in the JSON files beside this. A change that is meant is written down with
`PINS=write`, before the same tests, and read in the diff.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
LINE = 110
MEANT = "If this is meant, run the same test with PINS=write, and commit tests/pins/{name}.json with the change."


def assert_as_pinned(name: str, today: dict, line: int = LINE) -> None:
    """`today`: what `<name>.json` pins, of nested dicts, lists of strings (their order is not pinned) and strings.
    `line`: characters that a line of the file may have."""
    path = FOLDER / f"{name}.json"
    if os.environ.get("PINS") == "write":
        path.write_text(written(today, line) + "\n")
    pinned = json.loads(path.read_text()) if path.exists() else {}
    if changes := "\n".join(differences(pinned, today)):
        pytest.fail(f"{changes}\n{MEANT.format(name=name)}", pytrace=False)


def differences(pinned: object, today: object, where: str = "") -> Iterator[str]:
    """One line for each, with the way to it."""
    if isinstance(pinned, dict) and isinstance(today, dict):
        for key in [*pinned, *(key for key in today if key not in pinned)]:
            way = f"{where} › {key}" if where else key
            if key not in today:
                yield f"lost: {way}"
            elif key not in pinned:
                yield f"gained: {way}"
            else:
                yield from differences(pinned[key], today[key], way)
    elif isinstance(pinned, list) and isinstance(today, list):
        yield from (f"lost: {where} › {item}" for item in pinned if item not in today)
        yield from (f"gained: {where} › {item}" for item in today if item not in pinned)
    elif pinned != today:
        yield f"changed: {where}: {pinned} → {today}"


def written(value: object, longest: int, indent: str = "") -> str:
    """JSON of which a reviewer sees what changed: whatever fits stands in one line."""
    if isinstance(value, list):
        value = sorted(value)
    elif isinstance(value, dict):
        value = dict(sorted(value.items()))
    line = json.dumps(value, ensure_ascii=False)
    is_simple = not isinstance(value, dict | list)
    if is_simple or (len(indent + line) <= longest and "{" not in line[1:]):
        return line
    deeper = f"{indent} "
    if isinstance(value, list):
        rows = [json.dumps(item, ensure_ascii=False) for item in value]
        return "[\n" + ",\n".join(deeper + row for row in rows) + f"\n{indent}]"
    rows = [
        f"{json.dumps(key, ensure_ascii=False)}: {written(inner, longest, deeper)}" for key, inner in value.items()
    ]
    return "{\n" + ",\n".join(deeper + row for row in rows) + f"\n{indent}}}"
