"""Short ways to read a week's sections of the small plan, for the tests of each."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from planner.domain.rules.weeks import Week
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Item, row_values
from planner.weekly.contents import fill
from planner.weekly.reading import open_week
from planner.weekly.section import Section
from tests.factories import ACTOR, noon, reading_of

# Week 14 of 2020 begins on Monday, March 30, and ends on Sunday, April 5.
W14 = Week(2020, 14)
LATER = noon(date(2020, 5, 4))


def section_rows(
    database: Database,
    section: Section[Any],
    *,
    week: Week = W14,
    now: datetime = LATER,
    known_at: datetime | None = None,
) -> list[dict[str, Any]]:
    """A section's rows in a week, by column name."""
    with database.reading() as session:
        filled = fill(open_week(reading_of(session, known_at=known_at), now=now, week=week), section)
    return [filled.values(row) for row in filled.rows]


def add_item(database: Database, code: str, title: str, at: datetime) -> None:
    """Add an item that is else like T-001, as an office would that takes one up in the year."""
    with database.writing() as session, writing(session, ACTOR, at) as journal:
        like = session.execute(select(Item).where(Item.code == "T-001")).scalar_one()
        values = row_values(like) | {"code": code, "title": title, "position": 3}
        del values["id"]
        journal.add(Item(**values), action="add", label=code)
