"""Tests of reading rows without the ORM."""

from typing import NamedTuple

import pytest
from sqlalchemy import Date, Float, Integer, String, TableClause

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
