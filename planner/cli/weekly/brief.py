"""planner brief: write the week on one or two pages, for a person who has one minute."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import known_at_option, print_line, week_option
from planner.cli.output_file import STANDARD_OUTPUT, file_format_option, file_option, format_meant, replace_option
from planner.cli.weekly.files import again, data_of, missing_letters, require_no_terminal, write_one
from planner.cli.weekly.part import part_options
from planner.cli.weekly.reading import exit_code, week_reading
from planner.domain.plain_words import plain

if TYPE_CHECKING:
    from planner.weekly.brief.brief_formats import BriefFormat
    from planner.weekly.brief.model import Brief
    from planner.weekly.reading import Instance

# The formats and, for the one whose files end otherwise, its ending.
FORMATS = ("text", "md", "html", "pdf", "docx")
ENDINGS = ("txt", *FORMATS[1:])
BY_ENDING = {"txt": "text"}
# A terminal cannot show these.
FOR_FILES = ("pdf", "docx")


@click.command()
@week_option
@known_at_option
@part_options
@file_option(
    "The file to write, or a folder for a file named after the week. Default, also with -: standard output. The ending "
    "of the name is the format: .txt, .md, .html, .pdf or .docx."
)
@replace_option
@file_format_option(*FORMATS)
@click.pass_obj
def brief(context: Context, week_text: str | None, file: str, replace: bool, output: str | None) -> int:
    """Write the brief of a week: where the plan stands, what got worse and why, and what needs a decision.

    It also has what is overdue or falls due in two weeks, who has not reported, and the themes by state. The worst
    comes first. --theme and --lead choose a part of the plan. The same week as known at the same instant always gives
    the same bytes. Exit code 20 means that the week has nothing to report. The brief is written in that case too.
    """
    output = format_meant(file, output, FORMATS[0], ENDINGS, BY_ENDING)
    if output in FOR_FILES:
        require_no_terminal(file)
    return write_brief(context, week_text, output, file, replace=replace, named="" if output == FORMATS[0] else output)


def write_brief(context: Context, week_text: str | None, output: str, file: str, *, replace: bool, named: str) -> int:
    """Write the brief in one of FORMATS, and say what was written. Return the exit code of the command.

    `named` is the value of --format with which the command writes it again, or empty if it needs none.
    """
    from planner.weekly.brief.brief_formats import BriefFormat

    made, code = _read(context, week_text)
    form = BriefFormat(output)
    if plain() and form is BriefFormat.TEXT and file == STANDARD_OUTPUT:
        _print_plainly(made)
        return code
    content, missing = _content(made, form)
    where = write_one(made.instance, content, file, form.ending, "brief", replace=replace)
    for line in _written_lines(made.instance, where, named):
        print_line(line, err=True)
    if missing:
        print_line(missing_letters(missing), err=True)
    return code


def _print_plainly(made: "Brief") -> None:
    """Print the brief in plain words. A file is the same for everybody, so it has the symbols."""
    from planner.weekly.brief.spoken_text import spoken_lines

    for line in spoken_lines(made):
        print_line(line)


def _read(context: Context, week_text: str | None) -> "tuple[Brief, int]":
    """Return the brief, and the exit code with which the command ends."""
    from planner.queries.weeks.my_week import owes
    from planner.weekly.brief.making import BRIEF_SECTIONS, brief_of
    from planner.weekly.contents import fill_all

    with week_reading(context, week_text) as reading:
        return brief_of(fill_all(reading, BRIEF_SECTIONS)), exit_code(reading, owed=any(map(owes, reading.items)))


def _content(made: "Brief", form: "BriefFormat") -> tuple[list[bytes], str]:
    """Return the bytes of a file, and the characters in it that no font of this computer has."""
    from planner.weekly.brief.brief_formats import BriefFormat, brief_bytes

    if form is BriefFormat.PDF:
        from planner.weekly.brief.pdf import made_pdf

        content, missing = made_pdf(made)
        return [content], missing
    return list(brief_bytes(made, form)), ""


def _written_lines(instance: "Instance", where: str, named: str) -> tuple[str, str]:
    """Return what was written, and how to reproduce the same bytes. `named` is what the command calls the format."""
    written = tr(
        "Wrote the brief to {place}: {data} as of {day}, as known at {instant}.",
        place=where,
        data=data_of(instance),
        day=instance.as_of,
        instant=instance.known_at_local,
    )
    return written, again(instance, ("--format", named))
