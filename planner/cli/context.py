"""What every command needs: the register, the acting person and the current day. Only this module reads the clock."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.store import location

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.orm import Session

    from planner.cli.typed_dates import TypedDates
    from planner.domain.rules.weeks import Week
    from planner.register.plans import PlanView
    from planner.register.reading import Reading
    from planner.store.database import Database
    from planner.store.journal import Actor


@dataclass
class Context:
    """The context of a command, created once per run and passed to the command as click's object.

    `db` is the value of --db, and `acting_as` that of --as: a person or a role of a demonstration.
    """

    db: str | None = None
    acting_as: str | None = None
    _acting: str | None = field(default=None, init=False, repr=False)

    @property
    def url(self) -> "URL":
        """The address of the register."""
        return location.resolve(self.db)

    @contextmanager
    def database(self) -> Iterator["Database"]:
        """Open the register for the block, and close it afterwards.

        Raises NoDatabaseError, DatabaseStateError or DatabaseUnusableError.
        """
        database = self.open()
        try:
            yield database
        finally:
            database.close()

    def open(self) -> "Database":
        """Open the register as the acting person. If that is an auditor, it can only be read."""
        from planner.queries.people.open_as import open_as

        database, self._acting = open_as(self.url, login(), self.acting_as)
        return database

    @contextmanager
    def reading(self, as_of: str | None = None, known_at: str | None = None) -> Iterator["Reading"]:
        """Open the register for reading, as of the day and as known at the instant that the options give.

        Without --as-of it is read as of today, and without --known-at with all recorded facts.
        """
        with self.database() as database, database.reading() as session:
            yield self._reading(session, as_of, known_at)

    @contextmanager
    def settled_reading(
        self, as_of: str | None = None, known_at: str | None = None
    ) -> Iterator[tuple["Reading", datetime]]:
        """Open a reading that sees everything recorded up to an instant; also yield the instant.

        Output made from this reading can be reproduced later as known at that instant.
        """
        with self.database() as database:
            now = self.now()
            # docs/decisions/0071: a write in progress could commit with an earlier instant.
            database.settle()
            with database.reading() as session:
                yield self._reading(session, as_of, known_at), now

    def _reading(self, session: "Session", as_of: str | None, known_at: str | None) -> "Reading":
        from planner.register.plans import read_plan
        from planner.register.point import Point
        from planner.register.reading import Reading

        plan = read_plan(session)
        instant = self.typed(plan).instant(known_at, "--known-at") if known_at is not None else None
        return Reading(session, plan, Point(self.day(plan, as_of), instant))

    @contextmanager
    def writing(self) -> Iterator[tuple["Session", "PlanView"]]:
        """Open a session for writing; also yield the plan."""
        from planner.register.plans import read_plan

        with self.database() as database, database.writing() as session:
            yield session, read_plan(session)

    @property
    def actor(self) -> "Actor":
        """The acting person: the operating-system login, or in a demonstration the person that --as names.

        Raises NotAllowedError if --as is given and no demonstration has been opened.
        """
        from planner.store.journal import Actor

        if self.acting_as is not None and self._acting is None:
            raise NotAllowedError(
                tr("this command can only be run as yourself"), where="--as", do=tr("Leave the option out")
            )
        return Actor(self._acting or login())

    def now(self) -> datetime:
        """Return the current instant in UTC."""
        # docs/decisions/0103: nothing below the edges reads the clock.
        return datetime.now(UTC)

    def today(self, plan: "PlanView") -> date:
        """Return the current day in the plan's time zone. A demonstration has a fixed day of its own."""
        from planner.domain.rules.weeks import local_day

        return plan.simulated_today or local_day(self.now(), plan.time_zone)

    def typed(self, plan: "PlanView") -> "TypedDates":
        """Return the reader of typed dates for this run."""
        from planner.cli.typed_dates import TypedDates

        return TypedDates(self.today(plan), plan.time_zone)

    def day(self, plan: "PlanView", as_of: str | None) -> date:
        """Return the day that --as-of means, or today if it is not given."""
        return self.typed(plan).day(as_of, "--as-of") if as_of is not None else self.today(plan)

    def week(self, plan: "PlanView", week: str | None) -> "Week | None":
        """Return the week that --week means, or None if it is not given."""
        return self.typed(plan).week(week, "--week") if week is not None else None


def login() -> str:
    """Return the operating-system login, or `uid-` and the user's number if the system has no name for the user.

    The variables LOGNAME and USER are ignored, because anybody can set them to the name of another person.
    """
    if sys.platform == "win32":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"
