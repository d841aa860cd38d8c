"""The lines of items part after part: the same bytes as of a file that is read whole, also by two processes."""

from datetime import date
from typing import Any

import pytest

from planner.base import processors
from planner.domain.vocabulary import Phase
from planner.tables.csv_form import csv_bytes
from planner.weekly import second_reader
from planner.weekly.contents import fill
from planner.weekly.item_lines import items_header, read_item_lines
from planner.weekly.item_parts import ItemLineReader
from planner.weekly.reading import open_week
from planner.weekly.sections.items import ITEMS
from tests.answers import confirm, give_back
from tests.effort import only_in_more
from tests.factories import ITEM_CODES, OFFICER, meet, move, noon, reading_of, report
from tests.queries.reads import retitle
from tests.weekly.week import LATER, W14, add_item

start = processors.start_python


@pytest.fixture(params=[only_in_more(1), 2, only_in_more(100)])
def part(request, monkeypatch):
    """How many items are read at a time."""
    monkeypatch.setattr("planner.queries.items.register.FIRST_PART", request.param)
    monkeypatch.setattr("planner.queries.items.register.PART", request.param)
    return request.param


def streamed(database, known_at=None):
    with database.reading() as session:
        reading = open_week(reading_of(session, known_at=known_at), now=LATER, week=W14)
        lines = [part.lines.content for part in read_item_lines(reading, ITEMS, database.url)]
        return b"".join([items_header(reading, ITEMS), *lines])


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
        parts = list(read_item_lines(open_week(reading_of(session), now=LATER, week=W14), ITEMS, sqlite_register.url))
    assert [(part.read, part.total, part.lines.count) for part in parts] == [(1, 5, 1), (4, 5, 3), (5, 5, 1)]


@pytest.fixture
def parts_of_one(monkeypatch):
    """Parts of one item: five for five items."""
    monkeypatch.setattr("planner.queries.items.register.FIRST_PART", 1)
    monkeypatch.setattr("planner.queries.items.register.PART", 1)
    monkeypatch.setattr("planner.weekly.item_lines.LEAST", 1)


@pytest.fixture
def read_here(monkeypatch):
    """How many items each call of this process reads."""
    calls: list[int] = []
    make = ItemLineReader.__call__

    def noted(reader, ids):
        calls.append(len(ids))
        return make(reader, ids)

    monkeypatch.setattr(ItemLineReader, "__call__", noted)
    return calls


@pytest.mark.usefixtures("parts_of_one")
def test_a_second_process_makes_the_same_lines_of_half_of_the_parts(register, monkeypatch, read_here):
    report(register, "P-002", as_of=date(2020, 4, 2), percent=35, done="=1+1", actor=OFFICER)
    alone = streamed(register, LATER)
    assert read_here == [1, 1, 1, 1, 1]
    monkeypatch.setattr(second_reader, "processors", lambda: 2)
    read_here.clear()
    assert streamed(register, LATER) == alone
    assert read_here == [1, 1, 1]


@pytest.mark.usefixtures("parts_of_one")
def test_if_the_second_process_fails_this_one_makes_all_lines(sqlite_register, monkeypatch, read_here):
    alone = streamed(sqlite_register, LATER)
    monkeypatch.setattr(second_reader, "processors", lambda: 2)
    monkeypatch.setattr("sys.executable", "/bin/false")
    read_here.clear()
    assert streamed(sqlite_register, LATER) == alone
    assert read_here == [1, 1, 1, 1, 1]


@pytest.mark.usefixtures("parts_of_one")
def test_the_second_process_is_ended_with_a_file_that_is_not_written_to_its_end(sqlite_register, monkeypatch):
    started: list[Any] = []

    def noted(module, made):
        started.append(start(module, made))
        return started[-1]

    monkeypatch.setattr(second_reader, "processors", lambda: 2)
    monkeypatch.setattr(second_reader, "start_python", noted)
    with sqlite_register.reading() as session:
        lines = read_item_lines(open_week(reading_of(session), now=LATER, week=W14), ITEMS, sqlite_register.url)
        next(lines)
        lines.close()
    assert started[0].returncode is not None
