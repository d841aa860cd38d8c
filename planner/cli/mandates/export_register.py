"""planner export register: write the whole register of a plan, for an import to read back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from planner.base.language import in_english, tr, tr_count
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.output_file import (
    STANDARD_OUTPUT,
    file_format_option,
    file_option,
    format_meant,
    replace_option,
    require_folder_name,
    write_output,
)

if TYPE_CHECKING:
    from planner.exchange.register.tables import RegisterTable
    from planner.register.plan_view import PlanView

FORMATS = ("xlsx", "csv", "json")


@click.command()
@file_option("The file to write; for CSV, a folder with one file per table. Default, also with -: standard output.")
@file_format_option(*FORMATS)
@click.option(
    "--bom", is_flag=True, help="Begin CSV files with a byte-order mark, so that spreadsheets recognise UTF-8."
)
@replace_option
@click.pass_obj
def register(context: Context, file: str, output: str | None, bom: bool, replace: bool) -> None:
    """Write the whole register of the plan: items, milestones, indicators, themes, organisations and people.

    Change the file and give it to 'planner import'. An unchanged file changes nothing. docs/exports.md lists the
    columns.
    """
    from planner.exchange.register.tables import register_tables
    from planner.intake.comparing.reading import read_whole_register

    chosen = "csv" if output == "csv" else format_meant(file, output, FORMATS[0], ("xlsx", "json"))
    with context.reading() as reading, in_english():
        plan = reading.plan
        tables = register_tables(read_whole_register(reading))
    where = _write_csv(tables, file, bom=bom, replace=replace) if chosen == "csv" else ""
    where = where or write_output(_content(chosen, tables, plan), file, replace=replace)
    counts = [tr_count("{count} item", "{count} items", len(tables[0].rows))]
    if plan.simulated:
        counts = [tr("simulated data"), *counts]
    print_line(tr("Wrote {content} to {file}.", content=", ".join(counts), file=where), err=True)


def _content(chosen: str, tables: "list[RegisterTable]", plan: "PlanView") -> "Iterable[bytes]":
    if chosen == "json":
        from planner.exchange.json_bytes import json_bytes
        from planner.exchange.register.document import register_document

        return json_bytes(register_document(tables, plan))
    from planner.exchange.register.workbook import register_workbook

    return register_workbook(tables, plan)


def _write_csv(tables: "list[RegisterTable]", given: str, *, bom: bool, replace: bool) -> str:
    """Write one file per table into a folder, or the items to standard output. Return the name for the message."""
    from planner.base.output_files import write_files
    from planner.tables.csv_form import csv_bytes
    from planner.weekly.file import expanded

    contents = {f"{table.name}.csv": csv_bytes(table.columns, table.rows, bom=bom) for table in tables}
    if given == STANDARD_OUTPUT:
        return write_output(contents["items.csv"], given, replace=replace)
    require_folder_name(given)
    folder = expanded(given)
    write_files(folder, contents, replace=replace)
    return str(folder)
