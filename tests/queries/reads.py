"""Short ways to read the small plan at a point in time, for the tests of the queries."""

from datetime import UTC, date, datetime

from planner.queries.items.item import ItemDetail, read_item_detail
from planner.queries.items.register import read_item, read_register
from planner.queries.items.views import ItemView
from planner.store.database import Database
from planner.store.journal import writing
from planner.writes.items import item_row
from tests.factories import ACTOR, plan_of, reading_of

APRIL = date(2020, 4, 1)


def instant(month: int, day: int, hour: int = 12) -> datetime:
    """An instant of 2020 in UTC."""
    return datetime(2020, month, day, hour, tzinfo=UTC)


def items_at(database: Database, as_of: date = APRIL, known_at: datetime | None = None) -> dict[str, ItemView]:
    """The register by code."""
    with database.reading() as session:
        return {item.code: item for item in read_register(reading_of(session, as_of, known_at))}


def item_at(database: Database, code: str, as_of: date = APRIL, known_at: datetime | None = None) -> ItemView:
    """One item."""
    with database.reading() as session:
        return read_item(reading_of(session, as_of, known_at), code)


def detail_at(database: Database, code: str, as_of: date = APRIL, known_at: datetime | None = None) -> ItemDetail:
    """All about one item."""
    with database.reading() as session:
        return read_item_detail(reading_of(session, as_of, known_at), code)


def retitle(database: Database, code: str, title: str, at: datetime) -> None:
    """Edit an item's title, as an office would that corrects its register."""
    with database.writing() as session, writing(session, ACTOR, at) as journal:
        journal.change(item_row(session, plan_of(session), code), {"title": title}, action="edit", label=code)
