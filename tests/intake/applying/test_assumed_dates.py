"""Dates of milestones and targets that the files do not give: they are working, and look like no date of the office."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.base.errors import BadValueError
from planner.domain.vocabulary import Basis
from planner.queries.items.item import ItemDetail, read_item_detail
from planner.queries.items.register import read_item_lines
from planner.store.database import Database
from planner.writes.plan_changes.targets import revise_target
from planner.writes.undo import undo
from tests.factories import ACTOR, move, noon, reading_of, writing_by
from tests.intake import test_export_moments as moments
from tests.intake.imports import DAY, import_register, preview_of, verified
from tests.intake.proposals import item, part
from tests.intake.proposals import register as register_of
from tests.writes.plan_changes.acts import act

CODE = "X-1"


@pytest.fixture
def database(register: Database) -> Database:
    """A register into which a file brought milestones and targets with a date and without one."""
    import_register(register, _file({"date": date(2020, 6, 30)}, {}))
    return register


def _file(sown: dict[str, Any], bought: dict[str, Any], planted: dict[str, Any] | None = None) -> Any:
    steps = [part(3, title="Sown", **sown), part(4, title="Bought", **bought)]
    counted = [
        part(5, name="Plants", unit="trees", target=40, **(planted or {})),
        part(6, name="Beds", unit="beds", target=4, due=date(2020, 5, 31)),
    ]
    return register_of(item(2, code=CODE, title="Sow", due=date(2020, 11, 30), milestones=steps, indicators=counted))


def detail(database: Database) -> ItemDetail:
    with database.reading() as session:
        return read_item_detail(reading_of(session, DAY), CODE)


def bases(database: Database) -> tuple[list[Basis | None], list[Basis | None]]:
    found = detail(database)
    return [one.date_basis for one in found.item.milestones], [one.due_basis for one in found.indicators]


def test_only_assumed_dates_are_working(database: Database) -> None:
    assert bases(database) == ([None, Basis.WORKING], [Basis.WORKING, None])
    found = detail(database)
    assert {one.basis for one in found.item.milestones} == {one.basis for one in found.indicators} == {Basis.REGISTERED}
    assert not verified(database)


def test_a_date_of_a_later_file_replaces_the_assumed_one(database: Database) -> None:
    import_register(database, _file({"date": date(2020, 6, 30)}, {"date": date(2020, 10, 1)}))

    bought = detail(database).item.milestones[1]
    assert (bought.date_basis, bought.baseline, bought.current) == (None, date(2020, 10, 1), date(2020, 10, 1))


def test_a_date_that_somebody_agrees_on_is_no_longer_assumed(database: Database) -> None:
    move(database, CODE, 2, date(2020, 10, 1), as_of=DAY)
    assert bases(database)[0] == [None, None]


def test_a_later_file_that_gives_the_assumed_dates_makes_them_the_office_s(database: Database) -> None:
    due = date(2020, 11, 30)
    given = _file({"date": date(2020, 6, 30)}, {"date": due}, {"due": due})

    import_register(database, given)

    assert bases(database) == ([None, None], [None, None])
    assert not preview_of(database, given).anything
    assert not verified(database)


def test_the_basis_of_a_milestone_s_date_is_not_that_of_its_title(database: Database) -> None:
    found = detail(database)
    assert [one.basis_of_date for one in found.item.milestones] == [Basis.REGISTERED, Basis.WORKING]
    assert [one.basis_of_day for one in found.indicators] == [Basis.WORKING, Basis.REGISTERED]
    move(database, CODE, 2, date(2020, 10, 1), as_of=DAY)
    move(database, CODE, 2, date(2020, 11, 30), as_of=DAY)
    bought = detail(database).item.milestones[1]
    assert (bought.slip_days, bought.basis_of_date) == (0, Basis.REGISTERED)


def test_a_further_target_without_a_day_has_an_assumed_one(database: Database) -> None:
    for target in ({}, {"target": 90}):
        hedges = part(5, name="Hedges", unit="m", **target)
        import_register(database, register_of(item(2, code=CODE, title="Sow", indicators=[hedges])))

    assert bases(database)[1] == [Basis.WORKING, None, Basis.WORKING]


def test_they_are_exported_and_come_back_unchanged(database: Database, tmp_path: Path) -> None:
    file = moments.exported(database, tmp_path)
    unchanged = moments.preview_of(database, file)
    assert (unchanged.anything, unchanged.blockers) == (False, ())
    assert bases(database) == ([None, Basis.WORKING], [Basis.WORKING, None])


def test_views_say_which_dates_nobody_gave(database: Database) -> None:
    import_register(database, register_of(item(2, code="X-2", title="Weed")))
    with database.reading() as session:
        reading = reading_of(session, DAY)
        assert [one.assumed for one in read_item_detail(reading, CODE).item.milestones] == [False, True]
        assumed = {line.code: line.due_assumed for line in read_item_lines(reading)}
        assert (assumed[CODE], assumed["X-2"]) == (False, True)
        assert read_item_detail(reading, "X-2").item.due_assumed

    move(database, "X-2", None, date(2020, 10, 1), as_of=DAY)
    move(database, "X-2", None, date(2020, 12, 31), as_of=DAY)
    with database.reading() as session:
        item_now = read_item_detail(reading_of(session, DAY), "X-2").item
    assert (item_now.current_due, item_now.due_assumed) == (item_now.baseline_due, False), "somebody agreed on it"


DUE = date(2020, 12, 31)
LATER = date(2020, 6, 1)


def _dated(database: Database, as_of: date) -> tuple[Basis, Basis, Basis | None]:
    """The bases of the dates of X-2, of its milestone and of its target, as of a day."""
    with database.reading() as session:
        found = read_item_detail(reading_of(session, as_of), "X-2")
    return found.item.due_basis, found.item.milestones[0].basis_of_date, found.indicators[0].basis_of_day


@pytest.fixture
def assumed(database: Database) -> Database:
    """A register with an item whose dates are all assumed."""
    steps, counted = [part(3, title="Hoed")], [part(4, name="Weeds", unit="kg", target=40)]
    import_register(database, register_of(item(2, code="X-2", title="Weed", milestones=steps, indicators=counted)))
    assert _dated(database, DAY) == (Basis.WORKING,) * 3
    return database


def _undo(database: Database, minute: int) -> str:
    """What the last write was called that an undo took back."""
    with database.writing() as session:
        return undo(writing_by(session, ACTOR, noon(LATER) + timedelta(minutes=minute))).records[0]


def test_the_same_day_confirms_an_assumed_date_until_it_is_undone(assumed: Database) -> None:
    move(assumed, "X-2", None, DUE, as_of=LATER)
    move(assumed, "X-2", 1, DUE, as_of=LATER, at=noon(LATER) + timedelta(minutes=1))
    at = noon(LATER) + timedelta(minutes=2)
    act(assumed, revise_target, "X-2", 1, "Agreed.", due=DUE, day=LATER, at=at)

    assert _dated(assumed, LATER) == (Basis.REGISTERED,) * 3
    assert _dated(assumed, DAY) == (Basis.WORKING,) * 3, "as of an earlier day, nobody had confirmed them"
    with assumed.reading() as session:
        told = [entry.what for entry in read_item_detail(reading_of(session, LATER), "X-2").history]
    assert told == [
        "day of the target of indicator 1 (2020-12-31) confirmed",
        "date of milestone 1 (2020-12-31) confirmed",
        "due date 2020-12-31 confirmed",
    ]
    with pytest.raises(BadValueError, match="the date is already 2020-12-31"):
        move(assumed, "X-2", None, DUE, as_of=LATER, at=at)

    assert [_undo(assumed, minute) for minute in (3, 4, 5)] == [
        f"the confirmation of the date: X-2 {what}" for what in ("indicator 1 target", "milestone 1", "due date")
    ]
    assert _dated(assumed, LATER) == (Basis.WORKING,) * 3
    assert not verified(assumed)
    assert _undo(assumed, 6).startswith("the import of"), "confirmations that were undone do not stand in its way"


def test_a_new_value_with_the_same_day_confirms_the_day(assumed: Database) -> None:
    act(assumed, revise_target, "X-2", 1, "More.", value=50, day=LATER)
    assert _dated(assumed, LATER)[2] is Basis.WORKING
    at = noon(LATER) + timedelta(minutes=1)
    act(assumed, revise_target, "X-2", 1, "More, by then.", value=60, due=DUE, day=LATER, at=at)
    assert (_dated(assumed, LATER)[2], _dated(assumed, DAY)[2]) == (Basis.REGISTERED, Basis.WORKING)
