"""The app's one door to the core: it opens the database and gives sessions for reading and writing.

SQLAlchemy is imported inside the functions, in the worker thread that first needs it, so that the first screen is
painted before. Whatever a person can meet is raised as a PlannerError. What is read and written through the door is in
the other modules of this package, one noun each.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.errors import NotAllowedError

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.orm import Session

    from planner.db.database import Database
    from planner.journal import Actor
    from planner.queries.plans import PlanView
    from planner.queries.point import Point


class Door:
    """Reads and writes of one database, by one person. Made before the app starts; opens the database when first used.

    `today` gives the day it is, `now` the instant of a write. `as_of` is the past day the whole app looks from, None
    for today; nothing is written while it is set. `actor_name` is the login under which is written; in a demonstration
    it becomes, once that is open, the one that `acting_as` means. An auditor's door never opens for writing.
    """

    def __init__(
        self,
        address: "URL | str",
        today: "Callable[[PlanView], date]",
        actor_name: str,
        now: Callable[[], datetime],
        acting_as: str | None = None,
    ) -> None:
        self._given = address
        self._acting_as = acting_as
        self._today = today
        self._now = now
        self._database: Database | None = None
        self._opening = threading.Lock()
        self.actor_name = actor_name
        self.as_of: date | None = None

    @property
    def address(self) -> str:
        """The database as people are shown it. Of a server nothing before it is open: the URL may hold a password."""
        if self._database is not None:
            return self._database.address
        given = str(self._given)
        return "" if "://" in given else given

    @property
    def actor(self) -> "Actor":
        """Who acts."""
        from planner.journal import Actor

        return Actor(self.actor_name)

    def now(self) -> datetime:
        """The instant it is, in UTC."""
        return self._now()

    def today(self, plan: "PlanView") -> date:
        """The day it is in the plan's time zone, or the day a demonstration lives on; also while looking back."""
        return self._today(plan)

    @contextmanager
    def reading(self) -> "Iterator[tuple[Session, PlanView, Point]]":
        """A session in one read transaction, the plan, and the point the app looks from."""
        from planner.queries.plans import read_plan
        from planner.queries.point import Point

        with self._open().reading() as session:
            plan = read_plan(session)
            yield session, plan, Point(self.as_of or self._today(plan))

    @contextmanager
    def settled_reading(self) -> "Iterator[tuple[Session, PlanView, datetime]]":
        """A session that sees all that will ever be known up to an instant, the plan, and that instant.

        For what must come out the same when it is asked for again as known at that instant.
        """
        from planner.queries.plans import read_plan

        database = self._open()
        now = self._now()
        database.settle()
        with database.reading() as session:
            yield session, read_plan(session), now

    @contextmanager
    def writing(self) -> "Iterator[tuple[Session, PlanView]]":
        """A session to write with, and the plan. Raises NotAllowedError while the app looks at the past."""
        from planner.queries.plans import read_plan

        if self.as_of is not None:
            raise looking_back(self.as_of)
        with self._open().writing() as session:
            yield session, read_plan(session)

    def close(self) -> None:
        """Let go of the database."""
        database, self._database = self._database, None
        if database is not None:
            database.close()

    def _open(self) -> "Database":
        from planner.db.location import parse
        from planner.queries.open_as import open_as

        with self._opening:
            if self._database is None:
                given = self._given
                url = parse(given, "database") if isinstance(given, str) else given
                self._database, self.actor_name = open_as(url, self.actor_name, self._acting_as)
            return self._database


def looking_back(day: date) -> NotAllowedError:
    """Why nothing is written now."""
    return NotAllowedError(
        f"the app looks at the plan as of {day}, and nothing is written in the past", do="Go back to today first"
    )
