"""Numbers every public change, and tells whoever must hear of it.

A kind is what readers keep copies of: an exhibit, an edition. Whoever owns a kind says with `kind_facts` what is
true of all of it at a moment; whoever must hear of changes says so with `listener`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from django.db import transaction

from cms.changes.models import Change, How, KindVersion
from cms.changes.models import Sequence as ChangeSequence
from cms.jobs.periodic import Turn, every_round


class PublicChange(NamedTuple):
    """`addresses` are those, complete, of everything that shows it. `shared`: other sites may know of it."""

    key: str
    how: How
    addresses: Sequence[str] = ()
    shared: bool = True


class KindFacts(NamedTuple):
    #: When something of this kind next changes without anybody doing anything. May lie in the past while what has
    #: come due is not yet done: another change must not make it look recorded.
    next_at: dt.datetime | None
    totals: dict[str, int]


Facts = Callable[[dt.datetime], KindFacts]
Listener = Callable[[Sequence[str], dt.datetime], None]
AnyListener = TypeVar("AnyListener", bound=Listener)

#: No transaction takes so long.
AHEAD = dt.timedelta(hours=1)
#: Changes that are numbered in a second, at most.
MOST_A_SECOND = 1000
_facts: dict[str, Facts] = {}
_listeners: list[Listener] = []


def kind_facts(kind: str) -> Callable[[Facts], Facts]:
    def register(facts: Facts) -> Facts:
        _facts[kind] = facts
        return facts

    return register


def listener(hear: AnyListener) -> AnyListener:
    """Called inside the transaction of each change with the addresses that show it. Must be quick."""
    _listeners.append(hear)
    return hear


def record(
    kind: str,
    key: str,
    how: How,
    addresses: Sequence[str] = (),
    *,
    now: dt.datetime,
    shared: bool = True,
) -> int:
    """Something public changed. Returns its number. See `record_all`."""
    return record_all(kind, [PublicChange(key, how, addresses, shared)], now=now)


def record_all(
    kind: str, changes: Iterable[PublicChange] = (), *, now: dt.datetime, addresses: Sequence[str] = ()
) -> int:
    """Numbers `changes`, or without any the kind as a whole, and returns the last number. `addresses` are those of
    what shows the kind besides.

    Call it last in the transaction that changed something public: it locks the sequence until the commit, which is
    what makes the numbers readers see grow without gaps appearing later.
    """
    changes = list(changes)
    with transaction.atomic():
        sequence, _ = ChangeSequence.objects.select_for_update().get_or_create(pk=1)
        first = sequence.number + 1
        sequence.number += max(1, len(changes))
        sequence.save()
        versions = {version.kind: version for version in KindVersion.objects.all()}
        at = _never_back(now, max((version.changed_at for version in versions.values()), default=now))
        Change.objects.bulk_create(
            Change(number=number, kind=kind, key=change.key, how=change.how, at=at, shared=change.shared)
            for number, change in enumerate(changes, start=first)
        )
        facts = _facts[kind](now)
        KindVersion.objects.update_or_create(
            kind=kind,
            defaults={
                "number": sequence.number,
                "changed_at": at,
                "next_at": facts.next_at,
                "totals": facts.totals,
            },
        )
        tell([*addresses, *(address for change in changes for address in change.addresses)], now=now)
        return sequence.number


def _never_back(now: dt.datetime, last: dt.datetime) -> dt.datetime:
    """Who began before somebody else may come to the lock after them: the record's times never go back. But for a
    wrong clock, whose time would otherwise stay for as long as it was ahead."""
    return last if now < last <= now + AHEAD else now


def begin_anew(*, now: dt.datetime) -> None:
    """A backup has been restored: leaps over every number that was given since it was made, so that none is given
    twice, and every copy of an answer is stale. By the clock, so that the same backup may be restored again."""
    with transaction.atomic():
        sequence, _ = ChangeSequence.objects.select_for_update().get_or_create(pk=1)
        lost = [sequence.number, sequence.number + int(now.timestamp()) * MOST_A_SECOND]
        sequence.number = lost[1]
        sequence.save()
        for kind in _facts:
            record_all(kind, now=now)
        for version in KindVersion.objects.all():
            version.lost = [*version.lost, lost]
            version.save(update_fields=["lost"])


def tell(addresses: Sequence[str], *, now: dt.datetime) -> None:
    """Lets everybody who must hear of it know that these addresses answer otherwise than before."""
    if addresses:
        for hear in _listeners:
            hear(addresses, now)


@every_round("clock", Turn.TELL)
def record_timed_changes(now: dt.datetime) -> int:
    """Gives a date that has passed a number of its own, so that every copy of the answer before it is stale. So it
    does where the next date is not the one the rows say: it was written down while the clock was wrong."""
    known = {version.kind: version for version in KindVersion.objects.all()}
    due = [
        kind
        for kind, facts in _facts.items()
        if kind not in known or known[kind].is_overdue(now) or known[kind].next_at != facts(now).next_at
    ]
    for kind in due:
        record_all(kind, now=now)
    return len(due)
