"""planner sheets out: write a status sheet for each organisation."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from planner.base.errors import NOTHING_TO_REPORT, unknown_name
from planner.base.language import languages, later, nearest_language, tr, tr_count
from planner.cli.context import Context
from planner.cli.output import known_at_option, print_line, week_option
from planner.cli.output_file import replace_option
from planner.cli.weekly.addresses import without_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.sheets.addressees import SheetsOut
    from planner.sheets.content import StatusSheet
    from planner.weekly.reading import Instance


@click.command()
@click.option(
    "--org", "organisations", multiple=True, metavar="ORG", help="An organisation: its key, or part of its name."
)
@click.option("--all", "everybody", is_flag=True, help="Every organisation that leads an item to report on.")
@week_option
@known_at_option
@click.option(
    "-o", "--output", "folder", metavar="FOLDER", default=".", help="Write the sheets to this folder. Default: here."
)
@click.option(
    "--language",
    "sheet_language",
    metavar="LANG",
    help="The language of the sheets. Default: that of the organisation, of the plan, or yours.",
)
@replace_option
@click.pass_obj
def out(
    context: Context,
    organisations: tuple[str, ...],
    everybody: bool,
    week_text: str | None,
    folder: str,
    sheet_language: str | None,
    replace: bool,
) -> int:
    """Write a status sheet (.xlsx) for each organisation: its open items with the last report, and cells to fill in.

    Nothing is sent. A sheet that was filled in is never overwritten, unless --replace is given. Exit code 20 means that
    no organisation has an item to report on. A closed plan has no sheets, but --known-at writes an earlier one again.
    """
    from planner.cli.weekly.files import require_folder
    from planner.sheets.written import kept_sheets

    if everybody == bool(organisations):
        raise click.UsageError(tr("Give either --org or --all."))
    place = require_folder(folder)
    given = _checked_language(sheet_language)
    found, instance = _read(context, organisations, week_text, given)
    kept = _write(found.sheets, place, replace=replace)
    written = [sheet for sheet in found.sheets if sheet not in kept]
    for line in (*found.without, *_outcome(written, instance, place)):
        print_line(line, err=True)
    if kept:
        raise kept_sheets(kept)
    return 0 if found.sheets else NOTHING_TO_REPORT


def _checked_language(given: str | None) -> str | None:
    """Return the language that was named. Raises UnknownNameError if the program has no messages in it."""
    if given is None:
        return None
    nearest = nearest_language(given)
    if nearest is None:
        what = tr("the program has no messages in the language '{language}'", language=given)
        raise unknown_name(what, later("languages"), languages(), where="language")
    return nearest


def _read(
    context: Context, organisations: tuple[str, ...], week_text: str | None, given: str | None
) -> "tuple[SheetsOut, Instance]":
    from planner.sheets.addressees import read_sheets_out
    from planner.weekly.reading import open_week

    with context.settled_reading() as (reading, now):
        opened = open_week(reading, now=now, week=context.week(reading.plan, week_text))
        is_copy = context.known_at is not None
        return read_sheets_out(opened, organisations, language=given, is_copy=is_copy), opened.instance


def _write(sheets: "Sequence[StatusSheet]", folder: Path, *, replace: bool) -> "list[StatusSheet]":
    """Write the sheets, and return those that were kept because somebody may have filled them in."""
    from planner.sheets.written import write_sheets

    return write_sheets(sheets, folder, replace=replace) if sheets else []


def _outcome(sheets: "Sequence[StatusSheet]", instance: "Instance", folder: Path) -> tuple[str, ...]:
    """Say what was written and to whom it goes, and how to write the same bytes again."""
    from planner.sheets.content import file_name

    if not sheets:
        return (tr("No sheet was written."),)
    items = sum(len(sheet.items) for sheet in sheets)
    written = tr_count(
        "Wrote {count:,} status sheet with {items} to {folder}. Nothing was sent.",
        "Wrote {count:,} status sheets with {items} to {folder}. Nothing was sent.",
        len(sheets),
        items=tr_count("{count:,} item", "{count:,} items", items),
        folder=folder,
    )
    names = (_name_of(file_name(sheet), sheet.to) for sheet in sheets)
    lacking = without_address(sheet.organisation.key for sheet in sheets if not sheet.to)
    again = (
        tr("To write the same files again, use: {options}", options=options) for options in _again(sheets, instance)
    )
    return written, *names, *lacking, *again


def _name_of(file: str, addresses: "Sequence[str]") -> str:
    """Return the line of a file, with the addresses to which it is to be sent."""
    return tr("  {file}, for {addresses}", file=file, addresses=", ".join(addresses)) if addresses else f"  {file}"


def _again(sheets: "Sequence[StatusSheet]", instance: "Instance") -> "Iterator[str]":
    """Yield the options that write the same files again. In several languages, they are different ones for each."""
    keys: dict[str, list[str]] = {}
    for sheet in sheets:
        keys.setdefault(sheet.identity.language, []).append(sheet.organisation.key)
    for language, some in keys.items():
        named = [f"--org {quote(key)}" for key in some] if len(keys) > 1 else []
        yield " ".join([*named, instance.options, f"--language {language}"])
