"""Tests of reading rows without the ORM."""

from typing import NamedTuple

import pytest

from planner.register import raw_rows
from planner.register.known import columns_of
from planner.store.database import Database
from planner.store.models import Item


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
