"""What a process remembers, for how long, and that all of it can be forgotten at once."""

import time
from itertools import count

from cms.core.process_cache import ProcessCache, forget_everything


def test_a_value_is_made_once_for_each_key() -> None:
    cache, numbers = ProcessCache[int](), count()
    got = [cache.get(lambda: next(numbers), key=key) for key in ("a", "b", "a", None, None)]
    assert got == [0, 1, 0, 2, 2]


def test_nothing_is_a_value_too() -> None:
    cache, answers = ProcessCache[int | None](), iter([None, 1])
    assert [cache.get(lambda: next(answers)) for _ in range(2)] == [None, None]


def test_another_version_or_too_long_a_time_makes_it_afresh() -> None:
    cache, numbers = ProcessCache[int](seconds=0.05), count()
    got = [cache.get(lambda: next(numbers), key="wall", version=version) for version in (7, 7, 8, 7)]
    assert got == [0, 0, 1, 2]
    time.sleep(0.06)
    assert cache.get(lambda: next(numbers), key="wall", version=7) == 3


def test_it_never_holds_more_than_it_may() -> None:
    cache, numbers = ProcessCache[int](most=2), count()
    got = [cache.get(lambda: next(numbers), key=key) for key in ("a", "b", "a", "b", "c", "c", "a")]
    assert got == [0, 1, 0, 1, 2, 2, 3]


def test_everything_is_forgotten_at_once() -> None:
    caches, numbers = [ProcessCache[int](), ProcessCache[int]()], count()
    assert [cache.get(lambda: next(numbers)) for cache in caches] == [0, 1]
    forget_everything()
    assert [cache.get(lambda: next(numbers)) for cache in caches] == [2, 3]


def test_making_a_value_may_forget_it_by_the_way() -> None:
    """The first look at the settings makes their row, and saving a row of them forgets the menu."""
    cache, numbers = ProcessCache[int](), count()

    def make() -> int:
        cache.forget(sender="a signal's")
        return next(numbers)

    assert [cache.get(make), cache.get(make)] == [0, 0]
