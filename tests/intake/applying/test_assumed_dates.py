"""Dates of milestones and targets that the files do not give: they are working, and look like no date of the office."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.vocabulary import Basis
from planner.queries.items.item import ItemDetail, read_item_detail
from planner.queries.items.register import read_item_lines
from planner.store.database import Database
from tests.factories import move, reading_of
from tests.intake import test_export_moments as moments
from tests.intake.imports import DAY, import_register, preview_of, verified
from tests.intake.proposals import item, part
from tests.intake.proposals import register as register_of

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
