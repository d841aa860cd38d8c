"""Writes as of a day before the item was added to the plan are refused, and store nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from planner.base.errors import NotAllowedError
from planner.domain.vocabulary import Direction
from planner.store.database import Database
from planner.writes.plan_changes.items import NewItem, NewMilestone, add_item
from planner.writes.plan_changes.parts import NewIndicator, add_indicator
from planner.writes.reports.dates import move_due_date, move_milestone
from planner.writes.reports.entries import Entry, record_entry
from planner.writes.reports.milestones import forecast_milestone, meet_milestone, take_back_milestone
from planner.writes.reports.observations import observe
from planner.writes.reports.status import Report
from tests.command import run_command
from tests.factories import ACTOR, noon, writing_by
from tests.queries.reads import item_at
from tests.writes.plan_changes.acts import MAY, WHY, act
from tests.writes.refusals import counts, gained, refused

BEFORE = MAY - timedelta(days=1)
DUE = date(2020, 11, 30)


@pytest.fixture
def added(sqlite_register: Database) -> Database:
    """The small plan, with the item 2.1.a that was added in May."""
    steps = (NewMilestone("Print the tables", date(2020, 10, 31)),)
    new = NewItem("2.1.a", "Write the tide tables", "1", "town-archive", DUE, "task", "M1.01", milestones=steps)
    act(sqlite_register, add_item, new, WHY)
    act(sqlite_register, add_indicator, "2.1.a", NewIndicator("tables", "pages", Direction.INCREASE), WHY)
    return sqlite_register


WRITES: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
    (record_entry, (Entry(Report(done="Begun.")),)),
    (move_due_date, (date(2020, 12, 15), WHY)),
    (move_milestone, (1, date(2020, 11, 15), WHY)),
    (forecast_milestone, (1, date(2020, 11, 15))),
    (take_back_milestone, (1, WHY)),
    (observe, (1, 4.0)),
]


@pytest.mark.parametrize(("write", "given"), WRITES, ids=[write.__name__ for write, _ in WRITES])
def test_it_is_refused_and_stores_nothing(added: Database, write: Callable[..., Any], given: tuple[Any, ...]) -> None:
    with refused(added, NotAllowedError, f"2.1.a was added to the plan on {MAY}", "as_of"), added.writing() as session:
        write(writing_by(session, ACTOR, noon(MAY)), "2.1.a", *given, as_of=BEFORE)


def test_a_milestone_met_before_counts_from_the_day_of_the_item(added: Database) -> None:
    with added.writing() as session:
        done = meet_milestone(writing_by(session, ACTOR, noon(MAY)), "2.1.a", 1, BEFORE)
    assert (done.met_on, done.as_of) == (BEFORE, MAY)
    assert item_at(added, "2.1.a", MAY).actual == 100


@pytest.mark.parametrize("yes", [(), ("--yes",)])
def test_the_command_ends_with_the_code_of_a_refused_write(added: Database, yes: tuple[str, ...]) -> None:
    before = counts(added)
    done = run_command(
        "--db", str(added.url.database), "update", "2.1.a", "--done", "Begun.", "--as-of", str(BEFORE), *yes
    )
    assert (done.exit_code, gained(added, before)) == (NotAllowedError.exit_code, {})
    assert f"--as-of: 2.1.a was added to the plan on {MAY}" in done.err
