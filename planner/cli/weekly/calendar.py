"""planner calendar: write due dates and milestones as a calendar file for other programs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import NOTHING_TO_REPORT
from planner.base.language import tr, tr_count
from planner.cli.context import Context
from planner.cli.named_organisation import named_organisation
from planner.cli.output import as_of_option, known_at_option, print_line
from planner.cli.output_file import file_option, replace_option, require_ending, write_output

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.calendar.dates import DueCalendar
    from planner.queries.items.views import ItemView
    from planner.register.point import Point
    from planner.register.reading import Reading


@dataclass(frozen=True)
class DateChoice:
    """Which dates to write: those of codes, a lead, a person or a theme. If nothing is given, all dates of the plan."""

    codes: tuple[str, ...]
    lead: str | None
    person: str | None
    theme: str | None

    def __post_init__(self) -> None:
        if sum(bool(value) for value in (self.codes, self.lead, self.person, self.theme)) > 1:
            raise click.UsageError(tr("Give only one of codes, --lead, --person and --theme."))


@click.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--lead", metavar="ORG", help="Only items that this organisation leads: its key, or part of its name.")
@click.option("--person", metavar="LOGIN", help="Only items that this person reports on, as in my-week.")
@click.option("--theme", metavar="THEME", help="Only items of this theme: its number, or part of its title.")
@click.option("--open", "only_open", is_flag=True, help="Only dates that are not met yet and can still be met.")
@as_of_option
@known_at_option
@file_option("The file to write. Default, also with -: standard output.")
@replace_option
@click.pass_obj
def calendar(context: Context, /, file: str, replace: bool, only_open: bool, **choice: Any) -> int:
    """Write the due dates and milestones of items as a calendar file (.ics), each on a whole day.

    When dates have moved, import a new file: calendar programs recognise each date, so none appears twice. Exit code 20
    means that there are no dates. The file is written in that case too.
    """
    from planner.calendar.ics_file import ics_bytes

    require_ending(file, "ics")
    made, point = _read(context, DateChoice(**choice), only_open=only_open)
    where = write_output([ics_bytes(made)], file, replace=replace)
    print_line(_written(made, where, point), err=True)
    return 0 if made.dates else NOTHING_TO_REPORT


def _written(made: "DueCalendar", where: str, point: "Point") -> str:
    if made.simulated:
        return tr_count(
            "Wrote {count:,} date to {file}: simulated data, as of {day}.",
            "Wrote {count:,} dates to {file}: simulated data, as of {day}.",
            len(made.dates),
            file=where,
            day=point.as_of,
        )
    return tr_count(
        "Wrote {count:,} date to {file}, as of {day}.",
        "Wrote {count:,} dates to {file}, as of {day}.",
        len(made.dates),
        file=where,
        day=point.as_of,
    )


def _read(context: Context, choice: DateChoice, *, only_open: bool) -> "tuple[DueCalendar, Point]":
    from planner.calendar.dates import calendar_of
    from planner.queries.history.revisions import read_revisions

    with context.reading() as reading:
        items, title = _items(reading, choice)
        revisions = read_revisions(reading)
        made = calendar_of(reading.plan, items, reading.as_of, revisions, title, only_open=only_open)
        return made, reading.point


def _items(reading: "Reading", choice: DateChoice) -> "tuple[list[ItemView], str]":
    """Return the chosen items, and the name of the choice for the title of the calendar."""
    from planner.queries.items.filters import Filters, filtered
    from planner.queries.items.register import read_item, read_register
    from planner.queries.plans.named import named_themes

    if choice.codes:
        items = {item.code: item for item in (read_item(reading, code) for code in choice.codes)}
        return list(items.values()), ", ".join(items)
    themes = named_themes(reading, [choice.theme] if choice.theme else [])
    key, title = _body(reading, choice)
    filters = Filters(theme=themes, lead=key)
    title = f"theme {themes[0]}" if themes else title
    return filtered(read_register(reading), filters), title


def _body(reading: "Reading", choice: DateChoice) -> tuple[str | None, str]:
    """Return the key of the chosen organisation, and a name for the chosen dates.

    The key is None for all organisations.
    """
    if choice.lead:
        body = named_organisation(reading, choice.lead)
        return body.key, body.name
    if choice.person:
        return _person(reading.session, choice.person)
    return None, ""


def _person(session: "Session", login: str) -> tuple[str | None, str]:
    """Return the key of the organisation that a person reports for, or None for all, and the person's name."""
    from planner.base.texts import sanitize_query
    from planner.queries.people.people import read_person, unknown_login

    person = read_person(session, sanitize_query(login))
    if person is None:
        raise unknown_login(session, login, "--person")
    return person.organisation.key if person.organisation else None, person.name
