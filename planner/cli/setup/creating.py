"""Opening the register for a command that may be the first one, and then creates it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from planner.base.errors import NoDatabaseError
from planner.cli.context import Context

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.rules.permissions import Permission
    from planner.store.database import Database
    from planner.store.journal import Actor, Journal


@contextmanager
def opened_or_new(context: Context) -> "Iterator[Database]":
    """Open the existing register as the acting person, or create one.

    A new file gets its name only when its content is complete.
    """
    from planner.register.acting import open_as
    from planner.store import making
    from planner.store.location import file_of, is_absent

    if file_of(context.url) is not None and is_absent(context.url):
        with making.new_sqlite_file(context.url) as database:
            yield database
        return
    try:
        database, _ = open_as(context.url, context.actor.name)
    except NoDatabaseError:
        database = making.make(context.url)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def opened_or_passing(context: Context) -> "Iterator[Database]":
    """Open the existing register as the acting person, or a new empty one that is deleted after the block.

    With it, a command shows what it would write to a register that does not exist yet.
    """
    from planner.register.acting import open_as
    from planner.store import making

    try:
        database, _ = open_as(context.url, context.actor.name)
    except NoDatabaseError:
        with making.passing_database() as passing:
            yield passing
        return
    try:
        yield database
    finally:
        database.close()


def begun(journal: "Journal", needed: "Permission") -> None:
    """Mark a new register as that of an office, and make the person its first administrator.

    In an existing register, raise NotAllowedError if the person does not have the needed permission.
    """
    from planner.writes.installation import mark_register
    from planner.writes.people.first import first_administrator
    from planner.writes.permission import require

    if mark_register(journal):
        first_administrator(journal, journal.actor.name)
    else:
        require(journal.session, journal.actor, needed)


def require_may_begin(session: "Session", actor: "Actor", needed: "Permission") -> None:
    """Raise NotAllowedError if `begun` would refuse the person, so that nobody answers questions in vain."""
    from planner.store.models import Installation
    from planner.writes.permission import require

    if session.get(Installation, 1) is not None:
        require(session, actor, needed)
