"""Tables to take away. A spreadsheet takes a cell that begins like a formula for something to calculate, so words
that people wrote are never left to begin like one."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

#: The wide ones count, too.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def cell(value: object) -> str:
    words = "" if value is None else str(value)
    is_formula = words.startswith(FORMULA_STARTS) or words.lstrip().startswith(FORMULA_STARTS)
    return f"'{words}" if is_formula else words


def table(name: str, heads: list[str], rows: Iterable[tuple[object, ...]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")  # or spreadsheets read accents wrongly
    writer = csv.writer(response)
    writer.writerow(heads)
    writer.writerows([cell(value) for value in row] for row in rows)
    return response


def guard_exports() -> None:
    """Every list and report of Wagtail that can be taken away writes its lines here, and one that has no columns to
    give is not taken away: its file would hold empty lines."""
    set_up = SpreadsheetExportMixin.setup

    def setup(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        set_up(self, request, *args, **kwargs)
        self.is_export = self.is_export and bool(self.list_export)

    def write_csv_row(self: Any, writer: csv.DictWriter, row: dict[str, Any]) -> Any:
        values = {field: self.preprocess_field_value(field, value, self.FORMAT_CSV) for field, value in row.items()}
        return writer.writerow({field: cell(value) for field, value in values.items()})

    SpreadsheetExportMixin.setup = setup
    SpreadsheetExportMixin.write_csv_row = write_csv_row
