"""What every command shares: which database, who acts, what day it is. The edge that reads the clock."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.store import location

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.orm import Session

    from planner.cli.typed_dates import TypedDates
    from planner.domain.rules.weeks import Week
    from planner.queries.plans import PlanView
    from planner.queries.point import Point
    from planner.store.database import Database
    from planner.store.journal import Actor


@dataclass
class Context:
    """The command's surroundings, made once per run and passed to commands as click's object.

    `acting_as` is the person or role somebody wants to be in a demonstration.
    """

    db: str | None = None
    acting_as: str | None = None
    _acting: str | None = field(default=None, init=False, repr=False)

    @property
    def url(self) -> "URL":
        """The database that is meant."""
        return location.resolve(self.db)

    @contextmanager
    def database(self) -> Iterator["Database"]:
        """The database, opened and closed again. Raises NoDatabaseError, DatabaseStateError, DatabaseUnusableError."""
        database = self.open()
        try:
            yield database
        finally:
            database.close()

    def open(self) -> "Database":
        """Open the database as who acts; an auditor's can only be read."""
        from planner.queries.people.open_as import open_as

        database, self._acting = open_as(self.url, login(), self.acting_as)
        return database

    @contextmanager
    def reading(self) -> Iterator[tuple["Session", "PlanView"]]:
        """A session to read with, and the plan."""
        from planner.queries.plans import read_plan

        with self.database() as database, database.reading() as session:
            yield session, read_plan(session)

    @contextmanager
    def settled_reading(self) -> Iterator[tuple["Session", "PlanView", datetime]]:
        """A session that sees all that will ever be known up to an instant, the plan, and that instant.

        For what must come out the same when it is asked for again as known at that instant.
        """
        from planner.queries.plans import read_plan

        with self.database() as database:
            now = self.now()
            # docs/decisions/0071: a write in progress could commit with an earlier instant.
            database.settle()
            with database.reading() as session:
                yield session, read_plan(session), now

    @contextmanager
    def writing(self) -> Iterator[tuple["Session", "PlanView"]]:
        """A session to write with, and the plan."""
        from planner.queries.plans import read_plan

        with self.database() as database, database.writing() as session:
            yield session, read_plan(session)

    @property
    def actor(self) -> "Actor":
        """Who acts: the operating-system login; in a demonstration, once it is open, whom --as names."""
        from planner.store.journal import Actor

        if self.acting_as is not None and self._acting is None:
            raise NotAllowedError("this can only be done as oneself", where="--as", do="Leave it out")
        return Actor(self._acting or login())

    def now(self) -> datetime:
        """The instant it is, in UTC."""
        # docs/decisions/0103: nothing below the edges reads the clock.
        return datetime.now(UTC)

    def today(self, plan: "PlanView") -> date:
        """The day it is in the plan's time zone; a demonstration lives on a day of its own."""
        from planner.domain.rules.weeks import local_day

        return plan.simulated_today or local_day(self.now(), plan.time_zone)

    def typed(self, plan: "PlanView") -> "TypedDates":
        """The reader of the dates that were typed for this run."""
        from planner.cli.typed_dates import TypedDates

        return TypedDates(self.today(plan), plan.time_zone)

    def day(self, plan: "PlanView", as_of: str | None) -> date:
        """The day an --as-of option means; today where it is left out."""
        return self.typed(plan).day(as_of, "--as-of") if as_of is not None else self.today(plan)

    def instant(self, plan: "PlanView", known_at: str | None) -> datetime | None:
        """The instant a --known-at option means; None where it is left out."""
        return self.typed(plan).instant(known_at, "--known-at") if known_at is not None else None

    def week(self, plan: "PlanView", week: str | None) -> "Week | None":
        """The week a --week option means; None where it is left out."""
        return self.typed(plan).week(week, "--week") if week is not None else None

    def point(self, plan: "PlanView", as_of: str | None, known_at: str | None = None) -> "Point":
        """The point in time that --as-of and --known-at mean."""
        from planner.queries.point import Point

        return Point(self.day(plan, as_of), self.instant(plan, known_at))


def login() -> str:
    """The operating-system login; the user's number where the system has no name for it.

    It is the system's own answer, not that of LOGNAME or USER, which anybody can set to somebody else's.
    """
    if sys.platform == "win32":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"
