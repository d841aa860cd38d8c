"""Which weeks have nothing to report."""

from datetime import date

import pytest

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Phase
from planner.queries.weeks.my_week import owes
from planner.store.database import Database
from planner.weekly.reading import open_week
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.plan_changes.organisations import rename_organisation
from tests.answers import take_back
from tests.factories import ITEM_CODES, ended, meet, move, noon, observed, reading_of, report
from tests.writes.plan_changes.acts import WHY, act

CLOSED = date(2020, 3, 4)
NEXT = Week(2020, 11)


def quiet(database: Database, week: Week = NEXT) -> bool:
    with database.reading() as session:
        reading = open_week(reading_of(session), now=noon(date(2020, 6, 1)), week=week)
        return reading.has_nothing_to_report(owed=any(owes(item) for item in reading.items))


@pytest.fixture
def closed(register: Database) -> Database:
    """All items were closed in the tenth week."""
    for code in ITEM_CODES:
        ended(register, code, Phase.CANCELLED, as_of=CLOSED)
    return register


def test_a_week_is_quiet_when_nothing_is_owed_and_nothing_was_said(closed: Database):
    assert [quiet(closed, week) for week in (NEXT.previous.previous, NEXT.previous, NEXT)] == [False, False, True]


@pytest.mark.parametrize(
    "change",
    [
        lambda database, day: act(database, rename_organisation, "town-archive", "House of Papers", WHY, day=day),
        lambda database, day: act(database, edit_item, "T-001", ItemEdit(title="Mend them all"), WHY, day=day),
    ],
    ids=["organisation", "item"],
)
def test_an_act_that_changed_the_plan_is_news(sqlite_register: Database, change):
    for code in ITEM_CODES:
        ended(sqlite_register, code, Phase.CANCELLED, as_of=CLOSED)
    assert quiet(sqlite_register)
    change(sqlite_register, NEXT.sunday)
    assert [quiet(sqlite_register, week) for week in (NEXT, NEXT.next)] == [False, True]


@pytest.mark.parametrize(
    "say",
    [
        lambda database, day: report(database, "T-001", as_of=day, done="Files kept."),
        lambda database, day: meet(database, "P-001", 1, day),
        lambda database, day: move(database, "P-001", 2, date(2020, 8, 1), as_of=day),
        lambda database, day: observed(database, "T-001", 1, 3, as_of=day),
    ],
    ids=["report", "milestone", "date", "value"],
)
def test_anything_said_of_the_week_is_news_until_it_is_taken_back(sqlite_register: Database, say):
    for code in ITEM_CODES:
        ended(sqlite_register, code, Phase.CANCELLED, as_of=CLOSED)
    say(sqlite_register, NEXT.sunday)
    assert [quiet(sqlite_register, week) for week in (NEXT, NEXT.next)] == [False, True]
    take_back(sqlite_register)
    assert quiet(sqlite_register)
