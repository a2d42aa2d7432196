"""Wagtail's search in the database, folded: words are kept and asked for as `core.text` folds them, so that pages,
people and every list of the admin are found the way photographs are."""

import sys
from collections.abc import Iterator
from typing import Any

from modelsearch.backends import database
from modelsearch.query import And, Or, Phrase, PlainText, SearchQuery

from cms.core.text import fold_words, read_terms


class FoldedIndexer:
    """What is kept of each field."""

    def prepare_value(self, value: Any) -> str:
        return fold_words(super().prepare_value(value))  # type: ignore[misc]


class FoldedQueries:
    """What is asked for, and what can be found."""

    indexer: Any

    def read(self, record: Any) -> Iterator[str]:
        """Every folded text that is kept of `record`."""
        indexer = self.indexer(record, self)
        for field in record.get_search_fields():
            for found in indexer.prepare_field(record, field):
                yield found[-1]

    def search(self, query: str | SearchQuery, *args: Any, **options: Any) -> Any:
        return super().search(_fold(query), *args, **options)  # type: ignore[misc]

    def autocomplete(self, query: str | SearchQuery, *args: Any, **options: Any) -> Any:
        """The last word may be a beginning, so none stand side by side."""
        folded = fold_words(query).strip() if isinstance(query, str) else query
        return super().autocomplete(folded, *args, **options)  # type: ignore[misc]


def SearchBackend(params: dict) -> Any:  # noqa: N802 (Wagtail looks for this name)
    kind = type(database.SearchBackend(params))
    module: Any = sys.modules[kind.__module__]
    if not issubclass(module.ObjectIndexer, FoldedIndexer):
        module.ObjectIndexer = type("FoldedObjectIndexer", (FoldedIndexer, module.ObjectIndexer), {})
    return type(f"Folded{kind.__name__}", (FoldedQueries, kind), {"indexer": module.ObjectIndexer})(params)


def _fold(query: str | SearchQuery) -> str | SearchQuery:
    if isinstance(query, And | Or):
        return type(query)([_fold(part) for part in query.subqueries])
    if not isinstance(query, str | PlainText):
        return query
    terms = read_terms(query if isinstance(query, str) else query.query_string)
    words = " ".join(term for term in terms if " " not in term)
    phrases = [Phrase(term) for term in terms if " " in term]
    if not phrases:
        return words if isinstance(query, str) else PlainText(words, operator=query.operator)
    parts = [PlainText(words), *phrases] if words else phrases
    return And(parts) if len(parts) > 1 else parts[0]
