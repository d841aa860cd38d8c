"""Opening a register for one person, for reading and for writing. Commands and the app both use this module.

SQLAlchemy is imported inside the functions, because the app must draw its first screen before it is imported.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.orm import Session

    from planner.domain.given_plan import GivenPlan
    from planner.domain.rules.permissions import Permission
    from planner.register.plan_days import PlanDays
    from planner.register.plan_view import PlanView
    from planner.register.point import Point
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.store.database import Database
    from planner.store.journal import Actor


# docs/decisions/0114: one class opens a register, so that commands and the app read and write in the same way.
class Register:
    """A register that one person works with. It is opened on first use, in any thread.

    `now` returns the current instant in UTC. `login` is recorded with each write. In a demonstration, it becomes the
    login that `acting_as` stands for, once the register is open. `as_of` is the day as of which the register is shown,
    or None for the day on which the plan opens, or if `opens_today` is set, for today. `plan` is the plan that the
    person gave. If none was given, it is None until a plan is first read; from then on, it is that plan. `worked_on` is
    the plan as it was last read, and `recorded_in` the one about which something was last recorded. `on_wait` is called
    if a write has waited for another program for a while; set it before the register is opened.
    """

    def __init__(
        self,
        given: "URL | str",
        login: str,
        now: Callable[[], datetime],
        acting_as: str | None = None,
        plan: "GivenPlan | None" = None,
    ) -> None:
        self._given = given
        self._acting_as = acting_as
        self._database: Database | None = None
        self._address = ""
        self._opening = threading.Lock()
        self.on_wait: Callable[[], None] | None = None
        self.now = now
        self.login = login
        self.as_of: date | None = None
        self.opens_today = False
        self.plan = plan
        self.worked_on: PlanView | None = None
        self.recorded_in: PlanView | None = None

    @property
    def address(self) -> str:
        """The address of the database for display.

        The address of a server is empty until the database is open, because its URL may contain a password.
        """
        given = str(self._given)
        return self._address or ("" if "://" in given else given)

    def open(self) -> "Database":
        """Return the database, which is opened on first use. For an auditor it is opened read-only.

        Raises NoDatabaseError, DatabaseStateError or DatabaseUnusableError if it cannot be opened.
        """
        from planner.register.acting import open_as
        from planner.store.location import parse

        with self._opening:
            if self._database is None:
                url = parse(self._given, "database") if isinstance(self._given, str) else self._given
                self._database, self.login = open_as(url, self.login, self._acting_as)
                self._address = self._database.address
                self._database.on_wait = self.on_wait or self._database.on_wait
            return self._database

    @property
    def actor(self) -> "Actor":
        """The person who makes the writes. Reading this property opens the register."""
        from planner.store.journal import Actor

        self.open()
        return Actor(self.login)

    def read_plan(self, session: "Session") -> "PlanView":
        """Return the plan that the person works with. Raises the errors of `read_open_plan`."""
        from planner.domain.given_plan import GivenPlan
        from planner.register.open_plan import read_open_plan

        plan = read_open_plan(session, self.plan, self.address)
        # docs/decisions/0114: what is shown and what is written are of the same plan, whatever is chosen elsewhere.
        self.plan, self.worked_on = self.plan or GivenPlan(plan.key), plan
        return plan

    def today(self, plan: "PlanView") -> date:
        """Return the current day, which `as_of` does not change."""
        return plan.today(self.now())

    def days(self, session: "Session", plan: "PlanView", now: datetime | None = None) -> "PlanDays":
        """Return the days of a plan at the instant `now`. If the person chose today, all of them are today."""
        from planner.register.plan_days import PlanDays, plan_days

        today = plan.today(now or self.now())
        return PlanDays(today, today, today) if self.opens_today else plan_days(session, plan, today)

    @contextmanager
    def reading_to_write(self) -> "Iterator[Reading]":
        """Open a reading that prepares a write, in one read transaction. Its day is that of the write."""
        from planner.register.point import Point
        from planner.register.reading import Reading

        with self.open().reading() as session:
            plan = self.read_plan(session)
            days = self.days(session, plan)
            yield Reading(session, plan, Point(days.recording, None, days.today))

    @contextmanager
    def reading(self, now: datetime | None = None) -> "Iterator[Reading]":
        """Open a reading, in one read transaction.

        Its day is `as_of`, or else the one on which the plan opens at the instant `now`.
        """
        from planner.register.reading import Reading

        with self.open().reading() as session:
            plan = self.read_plan(session)
            reading = Reading(session, plan, self.point_of(session, plan, now))
            is_today = self.as_of is None and reading.as_of == reading.today
            yield reading if is_today else reading.with_known_plan()

    def point_of(self, session: "Session", plan: "PlanView", now: datetime | None = None) -> "Point":
        """Return the point in time at which a plan of the register is shown, at the instant `now`."""
        from planner.register.point import Point

        if self.as_of is not None:
            return Point(self.as_of)
        days = self.days(session, plan, now)
        return Point(days.shown, None, days.today)

    @contextmanager
    def settled_reading(self) -> "Iterator[tuple[Reading, datetime]]":
        """Open a reading that includes everything recorded up to an instant. Yield the reading and the instant.

        Output made from this reading can be reproduced later as known at that instant.
        """
        database, now = self.open(), self.now()
        # docs/decisions/0071: a write in progress could commit with an earlier instant.
        database.settle()
        with self.reading(now) as reading:
            yield reading, now

    @contextmanager
    def writing(self, deed: "Permission | None" = None) -> "Iterator[Writing]":
        """Open a write that the person makes at the current instant.

        `deed` is what it is for, where auditors may do that too. For all else, an auditor's database stays read-only.
        """
        from planner.domain.rules.permissions import may
        from planner.domain.vocabulary import Role
        from planner.register.writing import Writing

        # docs/decisions/0157: an auditor's connection can write only while an assessment is written or undone.
        by_auditors = deed is not None and may(Role.AUDITOR, deed, theirs=False)
        with self.open().writing(although_read_only=by_auditors) as session:
            plan, now = self.read_plan(session), self.now()
            days = self.days(session, plan, now)
            yield Writing(session, plan, self.actor, days.today, now, days.recording, self._recorded)

    def _recorded(self, plan: "PlanView") -> None:
        self.recorded_in = plan

    def close(self) -> None:
        """Close the database."""
        database, self._database = self._database, None
        if database is not None:
            database.close()
