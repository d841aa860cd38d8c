from datetime import date

import pytest

from planner.base.errors import BadValueError, UnknownNameError
from planner.store.database import Database
from planner.writes.reports.observations import Observed, observe
from tests.factories import ACTOR, noon, writing_by
from tests.queries.reads import detail_at
from tests.writes.refusals import counts, gained, refused

TODAY = date(2020, 5, 4)


def record(
    database: Database,
    value: float,
    *,
    code: str = "T-001",
    number: int = 1,
    as_of: date = TODAY,
    evidence: str | None = None,
) -> Observed:
    with database.writing() as session:
        return observe(writing_by(session, ACTOR, noon(TODAY)), code, number, value, evidence=evidence, as_of=as_of)


def test_a_value_is_recorded_with_its_unit_and_who(register: Database):
    before = counts(register)
    seen = record(register, 4.5, evidence="Counted on site")
    assert (seen.code, seen.indicator, seen.name, seen.unit) == ("T-001", 1, "Quays mended", "quays")
    assert (seen.value, seen.as_of, seen.actor) == (4.5, TODAY, ACTOR.name)
    assert gained(register, before) == {"observation": 1, "audit_event": 1}


@pytest.mark.parametrize("value", [0.0, -3.25, 1e15, 0.1, 123456789.125])
def test_a_value_comes_back_as_it_was_given(register: Database, value: float):
    record(register, value)
    assert detail_at(register, "T-001", TODAY).indicators[0].observed == value


def test_a_second_value_of_a_day_revises_the_first_and_both_are_kept(register: Database):
    before = counts(register)
    record(register, 4)
    record(register, 5)
    assert gained(register, before)["observation"] == 2
    detail = detail_at(register, "T-001", TODAY)
    assert detail.indicators[0].values == ((TODAY, 5.0),)
    assert [entry.what for entry in detail.history] == ["indicator 1 is 5", "indicator 1 is 4"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(sqlite_register: Database, value: float):
    with refused(sqlite_register, BadValueError, "is not a number that can be recorded", "indicator_1"):
        record(sqlite_register, value)


@pytest.mark.parametrize("number", [0, 2, -1])
def test_an_unknown_indicator_is_refused(register: Database, number: int):
    with refused(register, UnknownNameError, f"T-001 has no indicator {number}", f"indicator_{number}"):
        record(register, 4, number=number)


def test_an_unknown_item_is_refused(register: Database):
    with refused(register, UnknownNameError, "no item 'T-404'", "CODE"):
        record(register, 4, code="T-404")


@pytest.mark.parametrize(
    ("as_of", "told"), [(date(2020, 5, 5), "is after today"), (date(2019, 12, 31), "is before the plan starts")]
)
def test_a_value_is_of_a_day_of_the_plan_up_to_today(register: Database, as_of: date, told: str):
    with refused(register, BadValueError, told, "as_of"):
        record(register, 4, as_of=as_of)


def test_evidence_that_cannot_be_stored_is_refused(register: Database):
    with refused(register, BadValueError, "U+001B", "evidence"):
        record(register, 4, evidence="\x1b[2J")
