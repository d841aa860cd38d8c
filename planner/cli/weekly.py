"""planner weekly: write the weekly progress file, or one section of it."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import format_option, known_at_option
from planner.errors import BadValueError

if TYPE_CHECKING:
    from planner.weekly.contents import WeeklyFile

STANDARD_OUTPUT = "-"
ITEMS = "items"
ALL = "all"


@click.group(invoke_without_command=True)
@click.option(
    "--week",
    "week_text",
    metavar="WEEK",
    help="The reporting week, such as 2020-W14. Default: this week, or the week of --known-at.",
)
@known_at_option
@click.option(
    "--section",
    metavar="NAME",
    default=ITEMS,
    show_default=True,
    help="Which section (docs/weekly-file.md lists them); 'all' writes each to a file of its own in a folder.",
)
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    default=STANDARD_OUTPUT,
    help="Where to; in a folder, under the week's own name. Default, and -: standard output.",
)
@click.option("--bom", is_flag=True, help="Begin with a byte-order mark, by which spreadsheets know UTF-8.")
@format_option("csv", "json")
@click.pass_context
def weekly(
    ctx: click.Context, week_text: str | None, known_at: str | None, section: str, file: str, bom: bool, output: str
) -> None:
    """Write the weekly progress file: one row per item, comparable with the week before, and what follows from them.

    The same week as known at the same instant always gives the same bytes. The sections and their columns are in
    docs/weekly-file.md.
    """
    if ctx.invoked_subcommand is not None:
        return
    if bom and output == "json":
        raise BadValueError("JSON has no byte-order mark", where="--bom", do="Leave it out, or ask for --format csv")
    found = _read(ctx.obj, week_text, known_at, section)
    if section == ALL and output == "csv":
        _write_folder(found, file)
        return
    content = _content(found, section, output, bom=bom)
    if file == STANDARD_OUTPUT:
        _print(content)
        where = "standard output"
    else:
        from planner.files import write_whole
        from planner.weekly.file import place

        path = place(file, found.instance, output, ITEMS if section == ALL else section)
        write_whole(path, content)
        where = str(path)
    click.echo(_told(found, where), err=True)


def _read(context: Context, week_text: str | None, known_at: str | None, section: str) -> "WeeklyFile":
    from planner.rules.weeks import Week, parse_instant
    from planner.weekly.contents import SECTIONS, fill_all, section_named
    from planner.weekly.reading import open_week

    wanted = SECTIONS if section == ALL else (section_named(section),)
    with context.settled_reading() as (session, plan, now):
        reading = open_week(
            session,
            plan,
            now=now,
            week=Week.parse(week_text) if week_text else None,
            known_at=parse_instant(known_at, plan.time_zone, "--known-at") if known_at else None,
        )
        return fill_all(reading, wanted)


def _content(found: "WeeklyFile", section: str, output: str, *, bom: bool) -> Iterable[bytes]:
    if section == ALL:
        from planner.weekly.json_file import file_json

        return file_json(found)
    filled = found.sections[0]
    if output == "json":
        from planner.weekly.json_file import section_json

        return section_json(found.instance, filled)
    from planner.weekly.csv_file import section_csv

    return section_csv(filled, bom=bom)


def _write_folder(found: "WeeklyFile", given: str) -> None:
    """Each section to a file of its own."""
    from planner.files import write_whole
    from planner.weekly.file import expanded
    from planner.weekly.formats import Format, files_of

    folder = expanded(given)
    if given == STANDARD_OUTPUT or not folder.is_dir():
        raise BadValueError("several files need a folder", where="-o", do="Give the name of a folder that is there")
    for file in files_of(found, Format.CSV):
        write_whole(folder / file.name, file.content)
    click.echo(_told(found, str(folder)), err=True)


def _print(content: Iterable[bytes]) -> None:
    """Write bytes as they are: the terminal's encoding and line ends have no say in a file."""
    for chunk in content:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _told(found: "WeeklyFile", where: str) -> str:
    """What was written, and how to have the same bytes again."""
    instance = found.instance
    simulated = "simulated data, " if instance.plan.simulated else ""
    rows = sum(len(filled.rows) for filled in found.sections)
    return (
        f"Wrote {rows} rows to {where}: {simulated}week {instance.week} as of {instance.as_of}, "
        f"as known at {instance.known_at_local}.\n"
        f"The same again: {instance.options}"
    )
