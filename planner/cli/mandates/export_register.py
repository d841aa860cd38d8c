"""planner export register: write the whole register of a plan, for an import to read back."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from planner.base.errors import BadValueError
from planner.base.language import in_english, tr, tr_count
from planner.base.listing import listed
from planner.cli.context import Context
from planner.cli.output import as_of_option, known_at_option, print_line
from planner.cli.output_file import (
    STANDARD_OUTPUT,
    file_format_option,
    file_option,
    format_meant,
    is_folder,
    replace_option,
    require_folder_name,
    write_output,
)

if TYPE_CHECKING:
    from planner.intake.origin import Origin

FORMATS = ("xlsx", "csv", "json")


@click.command()
@file_option("The file to write; for CSV, a folder with one file per table. Default, also with -: standard output.")
@file_format_option(*FORMATS)
@click.option(
    "--bom", is_flag=True, help="Begin CSV files with a byte-order mark, so that spreadsheets recognise UTF-8."
)
@replace_option
@as_of_option
@known_at_option
@click.pass_obj
def register(context: Context, file: str, output: str | None, bom: bool, replace: bool) -> None:
    """Write the whole register of the plan: items, milestones, indicators, themes, organisations and people.

    Change the file and give it to 'planner import'. An unchanged file changes nothing. With --as-of or --known-at, the
    file has the plan as it was then. docs/exports.md lists the columns.
    """
    from planner.exchange.register.forms import RegisterForm, register_files
    from planner.exchange.register.tables import register_tables
    from planner.intake.comparing.reading.register import read_whole_register
    from planner.intake.origin import origin_now, origin_then
    from planner.queries.history.positions import last_recorded
    from planner.queries.plans.item_lineage import read_lineages

    then = context.looks_back
    if output is None:
        _refuse_folder(file)
    chosen = "csv" if output == "csv" else format_meant(file, output, FORMATS[0], ("xlsx", "json"))
    with context.reading() as reading, in_english():
        plan = reading.plan
        stored = read_whole_register(reading, then=then)
        origin = origin_then(reading) if then else origin_now(reading)
        tables = register_tables(stored, read_lineages(reading), origin)
        until = reading.as_of if then else plan.day_at(last_recorded(reading.session))
        files = register_files(RegisterForm(chosen), tables, plan, bom=bom, until=until, origin=origin)
    where = _write(files, file, origin, replace=replace)
    counts = [tr_count("{count} item", "{count} items", len(tables[0].rows))]
    if then:
        counts.append(tr("as of {day}", day=reading.as_of))
    if reading.known_at is not None:
        counts.append(
            tr("as known at {instant}", instant=reading.known_at.astimezone(ZoneInfo(plan.time_zone)).isoformat())
        )
    if plan.simulated:
        counts = [tr("simulated data"), *counts]
    print_line(tr("Wrote {content} to {file}.", content=", ".join(counts), file=where), err=True)


def _refuse_folder(given: str) -> None:
    """Raise BadValueError for a folder, or a name that may be meant as one, if nothing says that CSV is wanted."""
    if given == STANDARD_OUTPUT or (Path(given).suffix and not is_folder(given)):
        return
    raise BadValueError(
        tr("this is a folder") if is_folder(given) else tr("'{name}' has no ending such as .xlsx", name=given),
        where=f"-o {given}",
        do=tr("Use a name that ends in .xlsx or .json; for a folder with one CSV file per table, give --format csv"),
    )


def _write(files: "dict[str, Iterable[bytes]]", given: str, origin: "Origin", *, replace: bool) -> str:
    """Write a file, or several into a folder. Standard output gets the first. Return the name for the message."""
    if given == STANDARD_OUTPUT:
        return write_output(next(iter(files.values())), given, replace=replace)
    from planner.base.edited_files import write_file_to_edit, write_files_to_edit
    from planner.base.files import expanded
    from planner.exchange.register.earlier_export import require_same_plan

    if not replace:
        require_same_plan(expanded(given), origin)
    if len(files) == 1:
        write_file_to_edit(expanded(given), next(iter(files.values())), replace=replace)
        return given
    require_folder_name(given)
    folder = expanded(given)
    replaced = write_files_to_edit(folder, files, replace=replace)
    if replaced.others:
        names = listed(replaced.others)
        print_line(tr("Replaced files that somebody had changed or put there: {names}.", names=names), err=True)
    elif replaced.unchanged:
        print_line(tr("Replaced the files of the earlier export, which nobody has changed."), err=True)
    return str(folder)
