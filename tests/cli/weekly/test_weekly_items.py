"""planner weekly, as it writes a large register: part after part."""

import gc
import io
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from typing import Any

import pytest

from planner.base import processors
from planner.base.errors import FileTroubleError
from planner.cli.context import Context
from planner.cli.output import progress
from planner.queries.items.register import part_reader
from planner.queries.items.views import ItemView
from planner.store.database import Database
from planner.weekly import second_reader
from tests.factories import ITEM_CODES

WEEK = ("weekly", "--week", "2020-W14")


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(Context, "now", lambda _context: datetime(2020, 4, 20, tzinfo=UTC))


@pytest.fixture
def young():
    """Let a look at what is in memory pass over all that was there before the test."""
    gc.collect()
    gc.freeze()


def in_memory() -> int:
    """How many items are there."""
    gc.collect()
    return sum(isinstance(kept, ItemView) for kept in gc.get_objects())


@pytest.mark.usefixtures("filled", "young")
@pytest.mark.parametrize("size", [1, 2, 100])
def test_there_is_never_more_than_one_part_in_memory(planner, monkeypatch, tmp_path, size):
    monkeypatch.setattr("planner.queries.items.register.FIRST_PART", size)
    monkeypatch.setattr("planner.queries.items.register.PART", size)
    before, with_a_part, between_parts = in_memory(), [], []

    def watched(*arguments, **options):
        read = part_reader(*arguments, **options)

        def read_watched(ids):
            between_parts.append(in_memory() - before)
            found = read(ids)
            with_a_part.append(in_memory() - before)
            return found

        return read_watched

    monkeypatch.setattr("planner.weekly.item_parts.part_reader", watched)
    assert planner(*WEEK, "-o", str(tmp_path / "week.csv")).err.startswith("Wrote 5 rows")
    assert max(between_parts) == 0
    assert max(with_a_part) <= min(size, len(ITEM_CODES))


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("where", "printing"), [("week.csv", False), ("-", True)])
def test_how_far_it_is_is_told_in_percents(planner, monkeypatch, tmp_path, where, printing):
    monkeypatch.setattr("planner.queries.items.register.FIRST_PART", 1)
    monkeypatch.setattr("planner.queries.items.register.PART", 2)
    monkeypatch.chdir(tmp_path)
    steps = []

    @contextmanager
    def told(_title, total, *, while_printing):
        assert (total, while_printing) == (100, printing)
        yield lambda name, by: steps.append((name, by))

    monkeypatch.setattr("planner.cli.weekly.weekly.progress", told)
    planner(*WEEK, "-o", where)
    assert steps == [("1 of 5 items", 20), ("3 of 5 items", 40), ("5 of 5 items", 40)]


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("out", "while_printing", "shown"), [(Terminal, False, True), (Terminal, True, False), (io.StringIO, True, True)]
)
def test_a_bar_is_not_drawn_into_what_is_printed(out, while_printing, shown):
    err = Terminal()
    bar = progress("Weekly file", 100, while_printing=while_printing)
    with redirect_stdout(out()), redirect_stderr(err), bar as step:
        step("1 of 5 items", 20)
        step("the rest", 80)
    assert ("Weekly file" in err.getvalue()) is shown


@pytest.mark.usefixtures("filled")
def test_the_second_process_is_ended_before_the_register_is_closed(planner, monkeypatch):
    monkeypatch.setattr("planner.queries.items.register.FIRST_PART", 1)
    monkeypatch.setattr("planner.queries.items.register.PART", 1)
    monkeypatch.setattr("planner.weekly.item_lines.LEAST", 1)
    monkeypatch.setattr(second_reader, "processors", lambda: 2)
    started: list[Any] = []
    ends: list[int | None] = []
    start, close = processors.start_python, Database.close

    def started_and_noted(module, made):
        started.append(start(module, made))
        return started[-1]

    def closed_and_noted(database):
        ends.extend(process.returncode for process in started)
        close(database)

    monkeypatch.setattr(second_reader, "start_python", started_and_noted)
    monkeypatch.setattr(Database, "close", closed_and_noted)

    def disk_full(_instance, content, *_options, **_more):
        next(content), next(content)
        raise FileTroubleError("the disk is full")

    monkeypatch.setattr("planner.cli.weekly.weekly.write_one", disk_full)
    planner(*WEEK)
    assert len(ends) == 1
    assert ends[0] is not None
