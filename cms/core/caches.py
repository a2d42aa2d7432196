"""Caches that nobody notices when they are away.

They hold nothing that the site could not do without for a while, so whatever goes wrong with one, it answers as if
it were empty and forgot at once. `readyz` notices. What may not be done unless it was counted says so to
`cms.core.open_forms.take_place`.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from typing import Any

from django.core.cache.backends import db, redis
from django.db import connections, router, transaction

log = logging.getLogger(__name__)
#: What has been said of it: once, not each time somebody asks.
_said_away = False
_failures = 0


def _or(otherwise: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Calls the method, and if the cache is away answers with `otherwise` of the same arguments."""

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def asked(self: Any, *args: Any, **kwargs: Any) -> Any:
            before = _failures
            try:
                with self.apart():
                    answer = method(self, *args, **kwargs)
            except Exception as problem:
                _say(away=True, words=f"The cache did not {method.__name__}: {type(problem).__name__}")
                return otherwise(*args, **kwargs)
            if before == _failures:  # methods call each other, and those inside have caught theirs
                _say(away=False, words="The cache answers again.")
            return answer

        return asked

    return decorate


def _say(*, away: bool, words: str) -> None:
    global _said_away, _failures
    _failures += away
    if away is not _said_away:
        _said_away = away
        log.log(logging.ERROR if away else logging.INFO, words)


def _nothing(*args: Any, **kwargs: Any) -> None:
    return None


def _default(key: str, default: Any = None, version: int | None = None) -> Any:
    return default


def _tolerant(cache: type) -> type:
    """The methods this project, Wagtail and allauth use, each with its answer for when the cache is away. `add`
    says that it is new: allauth takes it as a lock and would wait."""
    answers: dict[str, Callable[..., Any]] = {
        "get": _default,
        "get_many": lambda *args, **kwargs: {},
        "set": _nothing,
        "set_many": lambda *args, **kwargs: [],
        "add": lambda *args, **kwargs: True,
        "delete": lambda *args, **kwargs: False,
        "delete_many": _nothing,
        "has_key": lambda *args, **kwargs: False,
        "touch": lambda *args, **kwargs: False,
    }
    methods = {name: _or(otherwise)(getattr(cache, name)) for name, otherwise in answers.items()}
    return type(f"Tolerant{cache.__name__}", (cache,), methods)


class DatabaseCache(_tolerant(db.DatabaseCache)):  # type: ignore[misc]
    @contextmanager
    def apart(self) -> Iterator[None]:
        """A statement that fails must not spoil the transaction somebody is in."""
        using = router.db_for_write(self.cache_model_class)
        inside: AbstractContextManager = (
            transaction.atomic(using=using) if connections[using].in_atomic_block else nullcontext()
        )
        with inside:
            yield


class RedisCache(_tolerant(redis.RedisCache)):  # type: ignore[misc]
    def apart(self) -> AbstractContextManager:
        return nullcontext()
