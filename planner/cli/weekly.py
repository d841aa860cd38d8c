"""planner weekly: write the weekly progress file."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import format_option, json_text, known_at_option
from planner.errors import BadValueError

if TYPE_CHECKING:
    from planner.weekly.rows import Weekly

STANDARD_OUTPUT = "-"


@click.command()
@click.option(
    "--week",
    "week_text",
    metavar="WEEK",
    help="The reporting week, such as 2020-W14. Default: this week, or the week of --known-at.",
)
@known_at_option
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
@click.pass_obj
def weekly(context: Context, week_text: str | None, known_at: str | None, file: str, bom: bool, output: str) -> None:
    """Write the weekly progress file: one row per item, comparable with the week before.

    The same week as known at the same instant always gives the same bytes. The columns are in docs/weekly-file.md.
    """
    if bom and output == "json":
        raise BadValueError("JSON has no byte-order mark", where="--bom", do="Leave it out, or ask for --format csv")
    found = _read(context, week_text, known_at)
    content = _json(found) if output == "json" else _csv(found, bom=bom)
    if file == STANDARD_OUTPUT:
        _print(content)
        where = "standard output"
    else:
        from planner.files import write_whole
        from planner.weekly.file import place

        path = place(file, found, output)
        write_whole(path, content)
        where = str(path)
    click.echo(_told(found, where), err=True)


def _read(context: Context, week_text: str | None, known_at: str | None) -> "Weekly":
    from planner.rules.weeks import Week, parse_instant
    from planner.weekly.rows import read_weekly

    with context.settled_reading() as (session, plan, now):
        return read_weekly(
            session,
            plan,
            now=now,
            week=Week.parse(week_text) if week_text else None,
            known_at=parse_instant(known_at, plan.time_zone, "--known-at") if known_at else None,
        )


def _csv(found: "Weekly", *, bom: bool) -> Iterable[bytes]:
    from planner.weekly.csv_file import csv_bytes

    return csv_bytes(found.rows, bom=bom)


def _json(found: "Weekly") -> Iterable[bytes]:
    """The same rows: what the CSV leaves empty is null, its lists are lists, and no text is neutralised."""
    from planner.weekly.columns import values

    content = {
        "week": str(found.week),
        "as_of": found.as_of,
        "known_at": found.known_at,
        "rows": [values(row) for row in found.rows],
    }
    return [json_text("weekly", content, found.plan).encode(), b"\n"]


def _print(content: Iterable[bytes]) -> None:
    """Write bytes as they are: the terminal's encoding and line ends have no say in a file."""
    for chunk in content:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _told(found: "Weekly", where: str) -> str:
    """What was written, and how to have the same bytes again."""
    simulated = "simulated data, " if found.plan.simulated else ""
    return (
        f"Wrote {len(found.rows)} rows to {where}: {simulated}week {found.week} as of {found.as_of}, "
        f"as known at {found.known_at_local}.\n"
        f"The same again: {found.options}"
    )
