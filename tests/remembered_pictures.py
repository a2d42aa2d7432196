"""Each look into a picture and each encoding starts a process. What it gave is remembered, and given again for the
same bytes and the same orders."""

import copy
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO, Any

from cms.images.formats import Allowance
from cms.images.sandbox import client

Result = tuple[dict[str, Any], bytes]

#: Larger ones are photographs that few tests share.
LARGEST = 100_000
_really_run = client.run
_given: dict[tuple[str, str], list[Result]] = {}


def run(file: IO[bytes], job: dict[str, Any], allowance: Allowance) -> Iterator[Result]:
    """In place of `cms.images.client.run`."""
    file.seek(0)
    data = file.read(LARGEST + 1)
    file.seek(0)
    if len(data) > LARGEST:
        yield from _really_run(file, job, allowance)
        return
    key = hashlib.sha256(data).hexdigest(), json.dumps([job, asdict(allowance)], sort_keys=True)
    if key not in _given:
        _given[key] = list(_really_run(file, job, allowance))
    yield from copy.deepcopy(_given[key])
