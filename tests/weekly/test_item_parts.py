"""The items part after part: the same bytes as from a file that is read whole."""

from datetime import date
from itertools import chain

import pytest

from planner.domain.vocabulary import Phase
from planner.tables.csv_form import csv_bytes
from planner.weekly.contents import fill
from planner.weekly.item_parts import read_item_parts
from planner.weekly.reading import open_week
from planner.weekly.sections.items import ITEMS
from tests.answers import confirm, give_back
from tests.effort import only_in_more
from tests.factories import ITEM_CODES, OFFICER, meet, move, noon, reading_of, report
from tests.queries.reads import retitle
from tests.weekly.week import LATER, W14, add_item


@pytest.fixture(params=[only_in_more(1), 2, only_in_more(100)])
def part(request, monkeypatch):
    """How many items are read at a time."""
    monkeypatch.setattr("planner.queries.items.register.FIRST_PART", request.param)
    monkeypatch.setattr("planner.queries.items.register.PART", request.param)
    return request.param


def streamed(database, known_at=None):
    with database.reading() as session:
        reading = open_week(reading_of(session, known_at=known_at), now=LATER, week=W14)
        rows = chain.from_iterable(part.rows for part in read_item_parts(reading))
        return b"".join(csv_bytes(ITEMS.columns_in(reading.instance.frame), rows))


def filled(database, known_at=None):
    with database.reading() as session:
        reading = open_week(reading_of(session, known_at=known_at), now=LATER, week=W14)
        found = fill(reading, ITEMS)
        return b"".join(csv_bytes(found.columns, found.rows))


def test_the_bytes_are_those_of_a_file_that_is_read_whole(register, part):
    # Codes that sort otherwise as text and by id, and one that is known only later.
    for number, code in enumerate(("T-1000", "T-010", "T-0999", "T-0004")):
        add_item(register, code, f"Item {number}", noon(date(2020, 1, 6)))
    report(register, "T-001", as_of=date(2020, 3, 25), percent=10, actor=OFFICER)
    report(register, "T-001", as_of=date(2020, 4, 2), percent=35, done="=1+1", actor=OFFICER)
    report(register, "T-1000", as_of=date(2020, 4, 2), percent=5, done='Said: "no",\n+2', actor=OFFICER)
    report(register, "P-002", as_of=date(2020, 4, 2), phase=Phase.COMPLETED, actor=OFFICER)
    meet(register, "P-001", 1, date(2020, 4, 1))
    move(register, "T-002", 1, date(2020, 8, 31), as_of=date(2020, 4, 3))
    then = noon(date(2020, 4, 6))
    files = {then: filled(register, then)}
    add_item(register, "T-002000", "Later", noon(date(2020, 4, 7)))
    retitle(register, "T-010", "Another title", noon(date(2020, 4, 8)))
    give_back(register, "T-1000", "Why?", at=noon(date(2020, 4, 9)))
    confirm(register, "P-002", at=noon(date(2020, 4, 10)))
    files[LATER] = filled(register, LATER)
    assert {instant: streamed(register, instant) for instant in files} == files
    lines = files[LATER].decode().split("\r\n")
    codes = [line.split(",")[0] for line in lines if line.startswith(("T-", "P-"))]
    assert codes == [*ITEM_CODES[:3], "T-010", "T-0004", "T-0999", "T-1000", "T-002000", *ITEM_CODES[3:]]
    assert files[then] != files[LATER]


def test_a_part_says_how_far_it_is(sqlite_register, monkeypatch):
    monkeypatch.setattr("planner.queries.items.register.FIRST_PART", 1)
    monkeypatch.setattr("planner.queries.items.register.PART", 3)
    with sqlite_register.reading() as session:
        parts = list(read_item_parts(open_week(reading_of(session), now=LATER, week=W14)))
    assert [(part.read, part.total, len(part.rows)) for part in parts] == [(1, 5, 1), (4, 5, 3), (5, 5, 1)]
