"""planner weekly: write the weekly progress file, or one section of it."""

from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.progress import OnProgress
from planner.cli.context import Context
from planner.cli.groups import group, require_no_options
from planner.cli.output import known_at_option, print_line, progress, week_option
from planner.cli.output_file import (
    STANDARD_OUTPUT,
    csv_style_options,
    file_format_option,
    file_option,
    format_meant,
    replace_option,
)
from planner.cli.weekly.brief import write_brief
from planner.cli.weekly.charts import charts
from planner.cli.weekly.compare import compare
from planner.cli.weekly.files import (
    ALL,
    ITEMS,
    require_folder,
    require_no_terminal,
    write_folder,
    write_one,
    written_lines,
)
from planner.cli.weekly.issue import issue, issues
from planner.cli.weekly.part import part_options
from planner.cli.weekly.reading import exit_code, week_reading
from planner.cli.weekly.reissue import reissue
from planner.tables.csv_form import CsvStyle

if TYPE_CHECKING:
    from sqlalchemy import URL

    from planner.weekly.contents import WeeklyFile
    from planner.weekly.item_lines import PartOfLines
    from planner.weekly.reading import WeekReading
    from planner.weekly.section import Section

# The formats, with a word for all of them. Then the formats for a single section, and those with CSV.
FORMATS = ("csv", "json", "xlsx", "html", "brief", "pdf", "docx", ALL)
OF_A_SECTION = ("csv", "json")
WITH_A_STYLE = ("csv", ALL)
# The formats whose charts the program draws itself.
DRAWN = ("html", ALL)
# The formats with the brief, and what `planner brief` calls them. The first has files that end otherwise.
BRIEFS = {"brief": "text", "pdf": "pdf", "docx": "docx"}
BY_ENDING = {"txt": "brief"}
ENDINGS = ("csv", "json", "xlsx", "html", "txt", "pdf", "docx")
# A terminal cannot show these.
FOR_FILES = ("xlsx", "pdf", "docx")


@group(invoke_without_command=True)
@week_option
@known_at_option
@part_options
@click.option(
    "--section",
    metavar="NAME",
    help="The section to write as CSV or JSON (docs/weekly-file.md lists them). Default: items. 'all' writes each "
    "section to its own file in a folder. The other formats always contain all sections, or the brief.",
)
@click.option(
    "--columns",
    metavar="NAMES",
    help="Only these columns of the section, in this order, with commas between them. The week, its day and the kind "
    "of data always follow.",
)
@file_option(
    "The file to write, or a folder for a file named after the week. Default, also with -: standard output. "
    "Several files, as with --format all, need a folder."
)
@csv_style_options("Begin the file")
@replace_option
@file_format_option(*FORMATS)
@click.pass_context
def weekly(
    ctx: click.Context,
    week_text: str | None,
    section: str | None,
    columns: str | None,
    file: str,
    bom: bool,
    decimal_comma: bool,
    replace: bool,
    output: str | None,
) -> int:
    """Write the weekly progress file: one row per item, its changes since the week before, and further sections.

    --theme and --lead choose a part of the plan for a file of its own; what changed in the plan itself is in all files.
    The same week as known at the same instant always gives the same bytes. docs/weekly-file.md lists the sections and
    their columns. Exit code 20 means that the week has nothing to report. The file is written in that case too.
    """
    if ctx.invoked_subcommand is not None:
        require_no_options(ctx)
        return 0
    # A name without an ending is the folder of all sections.
    usual = FORMATS[0] if section == ALL and not Path(file).suffix else None
    output = format_meant(file, output or usual, FORMATS[0], ENDINGS, BY_ENDING)
    wanted = _section(section, output)
    style = CsvStyle(bom=bom, decimal_comma=decimal_comma)
    _check(file, output, wanted, columns, style)
    if output in BRIEFS:
        return write_brief(ctx.obj, week_text, BRIEFS[output], file, replace=replace, named=output)
    if wanted == ITEMS and output == "csv":
        with week_reading(ctx.obj, week_text) as reading:
            return _write_items(reading, ctx.obj.url, columns, file, style, replace=replace)
    found, code = _read(ctx.obj, week_text, wanted, columns, output)
    if _several(output, wanted):
        where = write_folder(found, file, output, style, replace=replace)
    else:
        from planner.weekly.formats import Format, whole_file

        content = whole_file(found, Format(output), style)
        table = found.sections[0].table if output == "csv" else None
        name = ITEMS if wanted == ALL else wanted
        where = write_one(found.instance, content, file, output, name, table=table, style=style, replace=replace)
    chosen = _chosen(section, columns, output, style)
    for line in written_lines(found.instance, _rows(found), where, *chosen):
        print_line(line, err=True)
    return code


for command in (issue, issues, reissue, compare, charts):
    weekly.add_command(command)


def _chosen(
    section: str | None, columns: str | None, output: str, style: CsvStyle
) -> "tuple[tuple[str, str | bool | None], ...]":
    """Return the options that change what is written in a week, each with its value."""
    form = "" if output == FORMATS[0] else output
    return ("--section", section), ("--columns", columns), ("--format", form), *_flags(style)


def _flags(style: CsvStyle) -> tuple[tuple[str, bool], ...]:
    return ("--bom", style.bom), ("--decimal-comma", style.decimal_comma)


def _section(given: str | None, output: str) -> str:
    """Return the section to write. Raises BadValueError if the format always contains all sections."""
    if output in OF_A_SECTION:
        return given or ITEMS
    if given not in (None, ALL):
        raise BadValueError(
            tr("--format {format} always contains all sections", format=output),
            where="--section",
            do=tr("Leave the option out, or use --format csv or json"),
        )
    return ALL


def _check(file: str, output: str, section: str, columns: str | None, style: CsvStyle) -> None:
    """Raise BadValueError if options contradict each other, before anything is read."""
    if columns is not None and (output not in OF_A_SECTION or section == ALL):
        raise BadValueError(
            tr("columns can only be chosen for one section as CSV or JSON"),
            where="--columns",
            do=tr("Use --format csv or json, and name one --section"),
        )
    for option, chosen in _flags(style):
        if chosen and output not in WITH_A_STYLE:
            raise BadValueError(
                tr("this option is for CSV, and the format is {format}", format=output),
                where=option,
                do=tr("Leave the option out, or use --format csv"),
            )
    if _several(output, section):
        require_folder(file)
    if output in FOR_FILES:
        require_no_terminal(file)


def _several(output: str, section: str) -> bool:
    """Return whether the output consists of several files."""
    return output == ALL or (output == "csv" and section == ALL)


def _read(
    context: Context, week_text: str | None, section: str, columns: str | None, output: str
) -> "tuple[WeeklyFile, int]":
    """Return the content of the file, and the exit code with which the command ends."""
    from planner.weekly.page.drawing_process import drawing_meanwhile

    # The process starts before the imports that reading needs, because these take long too.
    with drawing_meanwhile(output in DRAWN) as drawing:
        from planner.queries.weeks.my_week import owes
        from planner.weekly.contents import SECTIONS, fill_all, section_named
        from planner.weekly.formats import Format

        pictures = output == ALL or Format(output).pictured
        wanted = SECTIONS if section == ALL else (_with_columns(section_named(section), columns),)
        with week_reading(context, week_text) as reading:
            found = fill_all(reading, wanted, pictures=pictures, drawing=drawing)
            return found, exit_code(reading, owed=any(map(owes, reading.items)))


def _with_columns(section: "Section[Any]", columns: str | None) -> "Section[Any]":
    """Return a section with the columns that the option names. Raises UnknownNameError if it has no such column."""
    if columns is None:
        return section
    names = [name for name in (part.strip() for part in columns.split(",")) if name]
    if not names:
        raise BadValueError(
            tr("no column is named"), where="--columns", do=tr("Name columns of the section, with commas between them")
        )
    return section.choosing(names)


def _write_items(
    reading: "WeekReading", address: "URL", columns: str | None, file: str, style: CsvStyle, *, replace: bool
) -> int:
    """Write the items as CSV while they are read, so that a register of any size needs little memory."""
    from planner.weekly.item_lines import items_header, read_item_lines
    from planner.weekly.sections.items import ITEMS as ALL_COLUMNS

    instance, section = reading.instance, _with_columns(ALL_COLUMNS, columns)
    # The second process is ended before the register is closed, so that no file of SQLite's is left beside it.
    with (
        progress(tr("Weekly file"), 100, while_printing=file == STANDARD_OUTPUT) as step,
        closing(read_item_lines(reading, section, address, style)) as parts,
    ):
        counter = _RowCounter(step)
        content = chain([items_header(reading, section, style)], map(counter, parts))
        where = write_one(instance, content, file, "csv", ITEMS, table=section, style=style, replace=replace)
    for line in written_lines(instance, counter.rows, where, *_chosen(None, columns, "csv", style)):
        print_line(line, err=True)
    return exit_code(reading, owed=counter.owed)


class _RowCounter:
    """Counts the rows of items while they are written.

    A call with a part of the lines returns their bytes and shows the progress. `rows` is the number of rows so far, and
    `owed` tells whether any report is missing.
    """

    def __init__(self, step: OnProgress) -> None:
        self.rows = 0
        self.owed = False
        self._step = step
        self._percent = 0

    def __call__(self, part: "PartOfLines") -> bytes:
        self.rows += part.lines.count
        self.owed = self.owed or part.lines.owed
        percent = 100 * part.read // max(1, part.total)
        self._step(
            tr("{read} of {total} items", read=f"{part.read:,}", total=f"{part.total:,}"), percent - self._percent
        )
        self._percent = percent
        return part.lines.content


def _rows(found: "WeeklyFile") -> int:
    return sum(len(filled.rows) for filled in found.sections)
