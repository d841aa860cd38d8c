"""What people changed beside what the program computed."""

from dataclasses import replace

import pytest

from planner.queries.moves.moves import Aspect, Move, MoveKind
from planner.weekly.comparing.comparisons import Change, Compared
from planner.weekly.comparing.differences import Kind
from planner.weekly.comparing.told import _TOLD, main_totals, told_by_people, without_new_words
from planner.weekly.contents import section_named


def change(section, column, row="T-001", kind=Kind.CHANGED):
    return Change(section, "T-001", row, kind, column, "a", "b")


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (change("items", "percent"), True),
        (change("items", "expected_percent"), False),
        (change("items", "days_late"), False),
        (change("items", None, kind=Kind.ADDED), True),
        (change("milestones", "current"), True),
        (change("milestones", "state"), False),
        (change("milestones", None, kind=Kind.ADDED), False),
        (change("indicators", "variance"), False),
        (change("traceability", "link_reviewed_by"), True),
        (change("traceability", None, "T-001 chain/1 duty", Kind.ADDED), True),
        (change("traceability", None, "T-001 none none", Kind.ADDED), False),
        (change("plan_changes", None, kind=Kind.ADDED), True),
        (change("outlook", "likely"), False),
        (change("exceptions", "percent"), False),
        (change("totals", "percent", row="plan p"), False),
    ],
)
def test_what_people_report_agree_or_decide_is_told_from_what_follows(one, told):
    assert told_by_people(Compared((one,), (), {})).changes == ((one,) if told else ())


def test_short_values_come_before_the_texts_of_reports():
    done, percent = change("items", "done"), change("items", "percent")
    assert told_by_people(Compared((done, percent), (), {})).changes == (percent, done)


def test_new_texts_of_reports_are_left_out_except_what_was_done_on_what_got_worse():
    done, after, percent = (change("items", name) for name in ("done", "next", "percent"))
    dated = change("indicators", "date_of_value")
    worse = {"T-001": Move(MoveKind.WORSE, Aspect.SCHEDULE, "behind", "overdue")}
    found = Compared((percent, done, after, dated), (), {})
    assert without_new_words(found).changes == (percent,)
    assert without_new_words(replace(found, worse=worse)).changes == (percent, done)


def test_the_totals_are_those_of_the_plan_and_its_themes_without_changes_of_changes():
    rows = [change("totals", "overdue", row=row) for row in ("plan p", "theme 1", "organisation pilots", "kind task")]
    again, small = change("totals", "overdue_change", row="plan p"), change("totals", "stale", row="theme 1")
    assert main_totals(Compared((*rows, again, small), (), {})) == tuple(rows[:2])


def test_the_numbers_of_the_totals_that_matter_most_come_first():
    stale, overdue = (change("totals", name, row="plan p") for name in ("stale", "overdue"))
    of_theme = change("totals", "percent", row="theme 1")
    assert main_totals(Compared((stale, overdue, of_theme), (), {})) == (overdue, stale, of_theme)


def test_the_columns_that_people_change_are_columns():
    for section, names in _TOLD.items():
        assert set(names) <= {column.name for column in section_named(section).columns}
