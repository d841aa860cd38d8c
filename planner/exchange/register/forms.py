"""The forms of an exported register: a workbook, CSV files or a JSON document."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from planner.base.edited_files import with_digest
from planner.exchange.json_bytes import json_bytes
from planner.exchange.register.document import register_document, row_values
from planner.exchange.register.tables import RegisterTable
from planner.exchange.register.workbook import register_workbook
from planner.intake.origin import Origin
from planner.register.plan_view import PlanView
from planner.tables.csv_form import CsvStyle, csv_bytes


class RegisterForm(StrEnum):
    """A form of the files, by the ending of their names."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


def register_files(
    form: RegisterForm,
    tables: Sequence[RegisterTable],
    plan: PlanView,
    *,
    bom: bool = False,
    until: date | None = None,
    origin: Origin | None = None,
) -> dict[str, Iterable[bytes]]:
    """Return the content of each file by its name. Only CSV has several files.

    `until` is the last day whose facts are in them. `origin` is the plan and the register of all rows.

    Raises MissingLibraryError if XlsxWriter is not installed, and BadValueError if a workbook cannot hold the register.
    """
    if form is RegisterForm.CSV:
        return {f"{table.name}.csv": csv_bytes(table.columns, table.rows, CsvStyle(bom=bom)) for table in tables}
    if form is RegisterForm.JSON:
        return {"register.json": with_digest(json_bytes(register_document(tables, plan), row_values))}
    return {"register.xlsx": register_workbook(tables, plan, until, origin)}
