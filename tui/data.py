"""The app's one door to the core: it reads and writes, in worker threads, and gives back frozen dataclasses.

SQLAlchemy is imported inside the functions, in the thread that first needs it, so that the first screen is painted
before. Whatever a person can meet is raised as a PlannerError.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.orm import Session

    from planner.db.database import Database
    from planner.queries.item import ItemDetail
    from planner.queries.overview import Overview
    from planner.queries.plans import PlanView
    from planner.queries.point import Point
    from planner.queries.trace import ItemTrace
    from planner.queries.views import ItemView, StatusView
    from planner.vocabulary import Confidence, Phase


@dataclass(frozen=True)
class ItemPage:
    """All that the item screen shows."""

    detail: "ItemDetail"
    trace: "ItemTrace"


class Door:
    """Reads and writes of one database, by one person. Made before the app starts; opens the database when first used.

    `today` gives the day the plan is looked at from, `now` the instant of a write.
    """

    def __init__(
        self,
        address: "URL | str",
        today: "Callable[[PlanView], date]",
        actor_name: str,
        now: Callable[[], datetime],
    ) -> None:
        self._given = address
        self._today = today
        self._now = now
        self._database: Database | None = None
        self._opening = threading.Lock()
        self.actor_name = actor_name

    @property
    def address(self) -> str:
        """The database as people are shown it. Of a server nothing before it is open: the URL may hold a password."""
        if self._database is not None:
            return self._database.address
        given = str(self._given)
        return "" if "://" in given else given

    def read_standing(self) -> "Overview":
        """Where the plan stands today, with all items."""
        from planner.queries.overview import read_overview

        with self._reading() as (session, plan, point):
            return read_overview(session, plan, point)

    def read_item(self, code: str) -> ItemPage:
        """All about one item, down to the clauses it stands on."""
        from planner.queries.item import read_item_detail
        from planner.queries.trace import trace_item

        with self._reading() as (session, plan, point):
            return ItemPage(read_item_detail(session, plan, point, code), trace_item(session, plan, point, code))

    def record(
        self,
        code: str,
        phase: "Phase",
        confidence: "Confidence | None",
        percent: int | None,
        texts: Mapping[str, str],
    ) -> "StatusView":
        """Record a report as of today. `texts` are done, next, blocker, help_needed and evidence."""
        from planner.journal import Actor
        from planner.queries.plans import read_plan
        from planner.writes.status import Report, record_status

        report = Report(phase=phase, confidence=confidence, percent=percent, **texts)
        with self._open().writing() as session:
            plan = read_plan(session)
            day = self._today(plan)
            return record_status(
                session, Actor(self.actor_name), plan, code, report, as_of=day, today=day, at=self._now()
            )

    def close(self) -> None:
        """Let go of the database."""
        if self._database is not None:
            self._database.close()

    @contextmanager
    def _reading(self) -> "Iterator[tuple[Session, PlanView, Point]]":
        from planner.queries.plans import read_plan
        from planner.queries.point import Point

        with self._open().reading() as session:
            plan = read_plan(session)
            yield session, plan, Point(self._today(plan))

    def _open(self) -> "Database":
        from planner.db.database import open_database
        from planner.db.location import parse

        with self._opening:
            if self._database is None:
                given = self._given
                self._database = open_database(parse(given, "--db") if isinstance(given, str) else given)
            return self._database


def narrowed(items: "Iterable[ItemView]", theme: int | None, search: str) -> "list[ItemView]":
    """The items of a theme that have every word searched for."""
    from planner.queries.items import Filters
    from planner.queries.items import narrowed as kept

    return kept(items, Filters(theme=theme, search=search))
