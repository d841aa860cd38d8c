"""Short ways to make acts on the small plan."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from planner.store.database import Database
from planner.store.journal import Actor
from tests.factories import ACTOR, noon, writing_by

MAY = date(2020, 5, 11)
WHY = "The council decided so."

_Done = TypeVar("_Done")


def act(
    database: Database,
    write: Callable[..., _Done],
    *given: Any,
    day: date = MAY,
    at: datetime | None = None,
    actor: Actor = ACTOR,
    **named: Any,
) -> _Done:
    """Make an act as of a day, and on that day unless an instant is given."""
    with database.writing() as session:
        instant = at or noon(day)
        return write(writing_by(session, actor, instant), *given, as_of=day, **named)
