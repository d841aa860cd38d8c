"""Tests of reading rows without the ORM."""

from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import Date, Float, Integer, String, TableClause, literal

from planner.domain.vocabulary import MeasuredBy
from planner.queries.history import item_acts, target_acts
from planner.register import closing, later_acts, raw_rows
from planner.register.known import columns_of
from planner.store.database import Database
from planner.store.models import Instant, Item, table_called


class Coded(NamedTuple):
    id: int
    code: str


def test_named_rows_are_the_rows_of_all_portions(register: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(raw_rows, "PORTION", 2)
    statement = columns_of(Item, Coded).order_by(Item.code)
    with register.reading() as session:
        found = raw_rows.named_rows(session, Coded, statement)
        assert found == raw_rows.raw_rows(session, statement)
    assert [row.code for row in found] == ["P-001", "P-002", "T-001", "T-002", "T-003"]


UNMAPPED = [
    item_acts._ACTS,
    target_acts._REVISIONS,
    closing._ACTS,
    *(raw_rows.unmapped_table(name, later_acts.Act) for name in later_acts.HISTORIES),
]


@pytest.mark.parametrize("unmapped", UNMAPPED, ids=lambda table: table.name)
def test_a_table_that_is_read_without_a_mapped_class_has_the_columns_of_the_class(unmapped: TableClause):
    mapped = table_called(unmapped.name)
    assert mapped is not None
    kinds = (Instant, Date, Integer, Float)
    for column in unmapped.columns:
        same = mapped.columns[column.name].type
        known = next((kind for kind in kinds if isinstance(same, kind)), String)
        assert isinstance(column.type, known), column.name


class Typed(NamedTuple):
    id: int
    code: str
    starts: date
    measured_by: MeasuredBy
    taken_out: bool
    measure_id: int | None


def test_rows_that_are_read_column_by_column_are_the_same_rows(register: Database):
    statement = columns_of(Item, Typed).order_by(Item.id)
    with register.reading() as session:
        found = raw_rows.rows_in_any_order(session, Typed, statement)
        assert repr(found) == repr(raw_rows.named_rows(session, Typed, statement))
    assert {type(row.starts) for row in found} == {date}


def test_columns_of_no_rows_are_empty(register: Database):
    with register.reading() as session:
        none = raw_rows.column_values(session, columns_of(Item, Typed).where(Item.id < 0))
        no_weights = raw_rows.column_values(session, columns_of(Item, Weighed).where(Item.id < 0))
    assert [list(values) for values in none] == [[]] * 6
    assert [list(values) for values in no_weights] == [[]]


class Weighed(NamedTuple):
    weight: float


class Numbered(NamedTuple):
    id: int


def test_all_digits_of_a_number_are_read(register: Database):
    third = columns_of(Item, Numbered).add_columns(literal(100 / 3).label("third"))
    with register.reading() as session:
        ids, thirds = raw_rows.column_values(session, third)
    assert set(thirds) == {100 / 3}
    assert len(ids) == 5
