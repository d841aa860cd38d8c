"""planner upgrade: bring an older database to this program's revision."""

from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import print_line

if TYPE_CHECKING:
    from planner.queries.people.people import PersonView


@click.command()
@click.pass_obj
def upgrade(context: Context) -> None:
    """Bring an older database to this program's revision. A copy of a SQLite file is kept first.

    A register from before there were people gets its first: who made it becomes its administrator.
    """
    from planner.store import making, revision
    from planner.store.location import shown

    copy = making.upgrade(context.url, context.now())
    where = shown(context.url)
    if copy is not None:
        print_line(f"{where} was upgraded to revision {revision.HEAD}. The file as it was: {copy}")
    else:
        print_line(f"{where} is at revision {revision.HEAD}.")
    administrator = _first_person(context)
    if administrator is not None:
        print_line(
            f"It had no people, so {administrator.login}, who made it, is its administrator now. "
            "Add the others: planner people add LOGIN …"
        )


def _first_person(context: Context) -> "PersonView | None":
    """Make the maker of a register without people its administrator; None where there are people already."""
    from planner.queries.people.people import read_people
    from planner.writes.people import make_creator_administrator

    with context.database() as database:
        with database.reading() as session:
            if read_people(session):
                return None
        with database.writing() as session:
            return make_creator_administrator(session, context.actor, at=context.now())
