"""planner upgrade: bring an older register to the revision of this program."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import print_line

if TYPE_CHECKING:
    from planner.queries.people.person_view import PersonView


@click.command()
@click.pass_obj
def upgrade(context: Context) -> None:
    """Bring an older register to the revision of this program. The command first copies a SQLite file.

    If the register is so old that it has no people, its creator becomes its administrator.
    """
    from planner.store import making, revision
    from planner.store.location import shown

    copy = making.upgrade(context.url, context.now())
    where = shown(context.url)
    if copy is not None:
        print_line(
            tr(
                "Upgraded {register} to revision {revision}. A copy of the earlier file is {copy}",
                register=where,
                revision=revision.HEAD,
                copy=copy,
            )
        )
    else:
        print_line(tr("{register} is at revision {revision}.", register=where, revision=revision.HEAD))
    administrator = _first_person(context)
    if administrator is not None:
        print_line(
            tr(
                "The register had no people, so its creator {login} is now its administrator. To add others, use"
                " 'planner people add LOGIN …'",
                login=administrator.login,
            )
        )


def _first_person(context: Context) -> "PersonView | None":
    """If the register has no people, make its creator the administrator, and return this person.

    Otherwise return None.
    """
    from planner.queries.people.people import read_people
    from planner.writes.people.first import make_creator_administrator

    with context.register() as register:
        with register.open().reading() as session:
            if read_people(session):
                return None
        with register.open().writing() as session:
            return make_creator_administrator(session, register.actor, at=context.now())
