"""Makes each picture's public files while the photographs after it are taken in: hanging finds them made."""

import os
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

from cms.images import encode
from cms.images.credit import Credit
from cms.images.encode import Encoded
from cms.images.ladder import store
from cms.images.sources import Sources
from gallery.models.entries import Entry
from gallery.models.masters import Master
from gallery.services import exhibit_fields, hanging


class Ladders:
    """Use as `with Ladders() as ladders`. Each is made in the bounded process, from the bytes and with the credit
    that hanging would hand to it: what is hung is the same, only sooner."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(os.cpu_count())  # each thread only waits for its process
        self._begun: dict[int, tuple[Credit, Future[list[Encoded]]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def begin(self, entry: Entry) -> None:
        """For an approved entry, whose words do not change any more."""
        credit = exhibit_fields.credit_of(entry)
        self._begun[entry.pk] = credit, self._pool.submit(_make, exhibit_fields.master_of(entry), credit)

    def derive(self, entry: Entry) -> Sources:
        """The public files in the entry's folder, as `hanging.make_derivatives` makes them."""
        credit, made = self._begun.pop(entry.pk)
        if credit != exhibit_fields.credit_of(entry):
            return hanging.make_derivatives(entry)
        return Sources(store(made.result(), folder=entry.media))


def _make(master: Master, credit: Credit) -> list[Encoded]:
    with master.file.open("rb") as file:
        return list(encode.ladder(file, credit=credit))
