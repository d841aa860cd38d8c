"""planner weekly charts: write the charts of a week as picture files, for slides and documents."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr_count
from planner.cli.context import Context
from planner.cli.output import known_at_option, print_line, week_option
from planner.cli.output_file import replace_option
from planner.cli.values import Word
from planner.cli.weekly.files import again, data_of, missing_letters, require_folder
from planner.cli.weekly.part import part_options
from planner.cli.weekly.reading import week_reading

if TYPE_CHECKING:
    from planner.weekly.contents import WeeklyFile

FORMATS = ("png", "svg")


@click.command()
@week_option
@known_at_option
@part_options
@click.option(
    "-o", "--output", "folder", metavar="FOLDER", default=".", help="Write the pictures to this folder. Default: here."
)
@replace_option
@click.option(
    "--format",
    "output",
    type=Word(FORMATS),
    default=FORMATS[0],
    help="The format of the pictures: png for slides and documents, svg for drawing programs. Default: png.",
)
@click.pass_obj
def charts(context: Context, week_text: str | None, folder: str, replace: bool, output: str) -> None:
    """Write the charts of a week as picture files, one for each chart of the weekly page.

    Each picture has its title, its legend, the plan and the day. The names of the files begin with the plan and the
    week. --theme and --lead choose a part of the plan.
    """
    from planner.base.output_files import write_files
    from planner.weekly.chart_files.making import PictureFormat, chart_files

    where = require_folder(folder)
    found = _read(context, week_text)
    made = chart_files(found, PictureFormat(output))
    write_files(where, {file.name: file.content for file in made.files}, replace=replace)
    for file in made.files:
        print_line(str(where / file.name))
    print_line(_written(found, len(made.files)), err=True)
    print_line(again(found.instance, ("--format", "" if output == FORMATS[0] else output)), err=True)
    if made.missing:
        print_line(missing_letters(made.missing), err=True)


def _read(context: Context, week_text: str | None) -> "WeeklyFile":
    """Return a week's file without sections, with the data of its charts."""
    from planner.weekly.contents import fill_all

    with week_reading(context, week_text) as reading:
        return fill_all(reading, (), pictures=True)


def _written(found: "WeeklyFile", pictures: int) -> str:
    instance = found.instance
    return tr_count(
        "Wrote {count} picture: {data} as of {day}, as known at {instant}.",
        "Wrote {count} pictures: {data} as of {day}, as known at {instant}.",
        pictures,
        data=data_of(instance),
        day=instance.as_of,
        instant=instance.known_at_local,
    )
