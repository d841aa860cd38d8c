"""planner calendar: due dates and milestones as a calendar that other programs read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from planner.base.errors import NOTHING_TO_REPORT, unknown_name
from planner.base.numbers import counted
from planner.cli.context import Context
from planner.cli.output import as_bytes, as_of_option, known_at_option, print_line
from planner.cli.output_file import STANDARD_OUTPUT, replace_option, require_ending
from planner.cli.values import Whole

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.calendar.dates import DueCalendar
    from planner.queries.items.views import ItemView
    from planner.queries.plans import PlanView
    from planner.queries.point import Point


@dataclass(frozen=True)
class Wanted:
    """Whose dates are wanted: one of these, or the whole plan's where none is given."""

    codes: tuple[str, ...]
    lead: str | None
    person: str | None
    theme: int | None

    def __post_init__(self) -> None:
        if sum(bool(choice) for choice in (self.codes, self.lead, self.person, self.theme)) > 1:
            raise click.UsageError("Give codes, --lead, --person or --theme, and only one of them.")


@click.command()
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--lead", metavar="ORG", help="Dates of items this organisation leads: its key, or part of its name.")
@click.option("--person", metavar="LOGIN", help="Dates of the items that a person reports on, as in my-week.")
@click.option("--theme", type=Whole(), metavar="N", help="Dates of this theme's items.")
@as_of_option
@known_at_option
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    default=STANDARD_OUTPUT,
    help="Where to. Default, and -: standard output.",
)
@replace_option
@click.pass_obj
def calendar(
    context: Context, /, file: str, replace: bool, as_of: str | None, known_at: str | None, **whose: Any
) -> int:
    """Write the due dates and milestones of items as a calendar file (.ics), each on a whole day.

    Import it again after dates have moved: each date is known again, and none is there twice. Exit code 20 says that
    there are no dates; a file is written all the same.
    """
    from planner.calendar.ics_file import ics_bytes

    require_ending(file, "ics")
    made, point = _read(context, Wanted(**whose), as_of, known_at)
    content = [ics_bytes(made)]
    if file == STANDARD_OUTPUT:
        as_bytes(content)
    else:
        from planner.base.output_files import write_file
        from planner.weekly.file import expanded

        write_file(expanded(file), content, replace=replace)
    where = "standard output" if file == STANDARD_OUTPUT else file
    simulated = "simulated data, " if made.simulated else ""
    dates = counted(len(made.dates), "date")
    print_line(f"Wrote {dates} to {where}: {simulated}as of {point.as_of}.", err=True)
    return 0 if made.dates else NOTHING_TO_REPORT


def _read(context: Context, wanted: Wanted, as_of: str | None, known_at: str | None) -> "tuple[DueCalendar, Point]":
    from planner.calendar.dates import calendar_of
    from planner.queries.history.revisions import read_revisions

    with context.reading() as (session, plan):
        point = context.point(plan, as_of, known_at)
        items, whose = _items(session, plan, point, wanted)
        return calendar_of(plan, items, point.as_of, read_revisions(session, plan, point), whose), point


def _items(session: "Session", plan: "PlanView", point: "Point", wanted: Wanted) -> "tuple[list[ItemView], str]":
    """The items whose dates are wanted, and whose they are in words."""
    from planner.queries.items.filters import Filters, filtered
    from planner.queries.items.register import read_item, read_register
    from planner.queries.plans import require_themes

    if wanted.codes:
        items = {item.code: item for item in (read_item(session, plan, point, code) for code in wanted.codes)}
        return list(items.values()), ", ".join(items)
    require_themes(plan, [wanted.theme] if wanted.theme else [])
    key, whose = _body(session, wanted)
    filters = Filters(theme=wanted.theme, lead=key)
    return filtered(read_register(session, plan, point), filters), whose


def _body(session: "Session", wanted: Wanted) -> tuple[str | None, str]:
    """The key of the organisation whose items are wanted, None for all; and whose they are in words."""
    from planner.queries.people.organisations import find_organisation

    if wanted.lead:
        body = find_organisation(session, wanted.lead)
        return body.key, body.name
    if wanted.person:
        return _person(session, wanted.person)
    return None, f"theme {wanted.theme}" if wanted.theme else ""


def _person(session: "Session", login: str) -> tuple[str | None, str]:
    """The organisation that a person reports for, None for all; and what they are called."""
    from planner.base.texts import sanitize_query
    from planner.queries.people.people import read_people, read_person

    person = read_person(session, sanitize_query(login))
    if person is None:
        known = (one.login for one in read_people(session) if one.active)
        none = "There are no people here yet; see 'planner people add --help'"
        raise unknown_name(f"nobody here has the login '{login}'", "logins", known, where="--person", none=none)
    return person.organisation.key if person.organisation else None, person.name
