"""The lines of a list of items: they agree with the views, and are read without texts of milestones and reports."""

from dataclasses import fields
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from planner.domain.vocabulary import Confidence, Phase
from planner.queries.items.register import read_item_lines, read_register
from planner.queries.items.views import ItemLine
from planner.store.database import Database
from tests.answers import give_back
from tests.cli.test_past_day import recode
from tests.factories import ended, load_names, meet, move, reading_of, report
from tests.queries.reads import APRIL, instant, retitle

# What both an `ItemLine` and an `ItemView` have. Of the last report, a line has less.
SHARED = [field.name for field in fields(ItemLine) if field.name != "last"]


def tell_much(register: Database) -> None:
    """Report on each item in another way, and move dates of items and milestones."""
    report(register, "T-001", as_of=date(2020, 3, 30), percent=29, confidence=Confidence.GREEN)
    give_back(register, at=instant(3, 31))
    meet(register, "P-001", 1, date(2020, 3, 27))
    meet(register, "P-001", 2, date(2020, 4, 20))
    move(register, "P-001", 3, date(2020, 12, 30))
    move(register, "P-002", None, date(2021, 2, 1), as_of=date(2020, 4, 10))
    report(register, "P-002", as_of=date(2020, 3, 4), percent=5, confidence=Confidence.GREEN)
    ended(register, "T-003", Phase.COMPLETED)
    ended(register, "T-002", Phase.MERGED, merged_into="P-001")
    retitle(register, "P-002", "A new pier", instant(4, 12))
    recode(register, "P-001", "K-1")


@pytest.mark.parametrize(
    ("day", "known_at"),
    [(APRIL, None), (date(2020, 3, 1), None), (date(2021, 3, 1), None), (date(2020, 4, 30), instant(4, 11))],
    ids=["a day", "before any report", "after the end", "as known earlier"],
)
def test_a_line_has_all_that_the_view_has(
    register: Database, bundle_folder: Path, day: date, known_at: datetime | None
) -> None:
    load_names(register, bundle_folder)
    tell_much(register)
    with register.reading() as session:
        reading = reading_of(session, day, known_at)
        lines, views = read_item_lines(reading), read_register(reading)
    assert lines
    for line, view in zip(lines, views, strict=True):
        assert {name: getattr(line, name) for name in SHARED} == {name: getattr(view, name) for name in SHARED}
        assert (line.last and (line.last.as_of, line.last.merged_into)) == (
            view.last and (view.last.as_of, view.last.merged_into)
        )


def test_the_lines_are_read_without_the_texts_of_milestones_and_reports(sqlite_register: Database) -> None:
    sent: list[str] = []
    report(sqlite_register, "T-001")
    with sqlite_register.reading() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *told: sent.append(told[2]))
        assert read_item_lines(reading_of(session, APRIL))
    assert [one for one in sent if "milestone.weight" in one]
    texts = ("milestone.title", "completion_test", "date_change.milestone_id =", "milestone_report.evidence", ".done")
    assert not [one for one in sent if any(text in one for text in texts)]
