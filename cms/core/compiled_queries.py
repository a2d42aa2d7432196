"""Querysets compiled once and run many times.

Building and compiling a queryset costs more CPU than everything else in a call together, and for one shape of
question it comes out the same every time. So the question is asked of the ORM once, with `Param` where values will
stand, and its SQL is kept.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators


class Param(Expression):
    """A value given by name when the query runs."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class CompiledQuery:
    """The SQL of a queryset, for the database that is asked now."""

    def __init__(self, queryset: QuerySet) -> None:
        self.compiler = compiler = queryset.query.get_compiler(using="default")
        self.sql, self.params = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select]
        self.converters = [
            (place, functions, column) for place, (functions, column) in compiler.get_converters(columns).items()
        ]

    def rows(self, **values: object) -> Sequence[tuple[Any, ...]]:
        params = [
            param.output_field.get_db_prep_value(values[param.name], connection)
            if isinstance(param, Param)
            else param
            for param in self.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return [self._converted(row) for row in rows] if self.converters else rows

    def objects(self, **values: object) -> list[Any]:
        """What the queryset itself would return, with what it selects, defers and annotates; nothing is prefetched.
        The queryset must be one of models, not of values."""
        facts, annotations = self.compiler.klass_info, self.compiler.annotation_col_map or {}
        assert facts is not None  # noqa: S101 - of values it is None
        model: type[Model] = facts["model"]
        start, end = facts["select_fields"][0], facts["select_fields"][-1] + 1
        names = [column.target.attname for column, _, _ in self.compiler.select[start:end]]
        related = get_related_populators(facts, self.compiler.select, "default")  # type: ignore[call-arg]  # of Django 6
        found = []
        for row in self.rows(**values):
            one = model.from_db("default", names, row[start:end])
            for populator in related:
                populator.populate(row, one)
            for name, place in annotations.items():
                setattr(one, name, row[place])
            found.append(one)
        return found

    def _converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, functions, column in self.converters:
            for function in functions:
                values[place] = function(values[place], column, connection)
        return tuple(values)
