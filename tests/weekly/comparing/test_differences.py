"""What two fillings of a section say differently."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.tables.frame import Frame
from planner.tables.table import Filled
from planner.weekly.comparing.differences import Difference, Kind, differences
from tests.weekly.factories import ITEM, items_of, weekly_row


def row(code, **values):
    return weekly_row(replace(ITEM, code=code, **values))


def test_rows_are_told_by_their_key_and_cells_by_their_column():
    before = items_of(row("T-001", actual=40.0), row("T-002"), row("T-003"))
    after = items_of(row("T-004"), row("T-003"), row("T-001", actual=55.04, title="Mend all quays"))
    assert differences(before, after) == [
        Difference("items", ("T-004",), None, Kind.ADDED),
        Difference("items", ("T-001",), "title", Kind.CHANGED, "Mend the quays", "Mend all quays"),
        Difference("items", ("T-001",), "percent", Kind.CHANGED, 40.0, 55.0),
        Difference("items", ("T-001",), "change_since_last_week", Kind.CHANGED, 0.0, 15.0),
        Difference("items", ("T-002",), None, Kind.REMOVED),
    ]


def test_what_files_show_alike_and_the_week_itself_are_no_difference():
    before = items_of(row("T-001", actual=40.01))
    after = Filled(before.table, Frame(before.frame.week.previous, before.frame.week.monday, True), before.rows)
    assert differences(before, after) == []
    assert differences(before, items_of(row("T-001", actual=39.99))) == []


def test_two_sections_are_not_compared():
    items = items_of()
    with pytest.raises(ValueError, match="two sections"):
        differences(items, Filled(replace(items.table, name="others"), items.frame, ()))


CODES = st.lists(st.sampled_from(["T-001", "T-002", "T-003", "P-001"]), unique=True)


@given(CODES, CODES, st.floats(0, 100))
def test_what_is_added_one_way_is_removed_the_other(some, others, percent):
    before = items_of(*[row(code) for code in some])
    after = items_of(*[row(code, actual=percent) for code in others])
    forth, back = differences(before, after), differences(after, before)
    mirrored = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.CHANGED: Kind.CHANGED}
    turned = {Difference(d.section, d.key, d.column, mirrored[d.kind], d.after, d.before) for d in back}
    assert set(forth) == turned
    assert {d.key[0] for d in forth if d.column is None} == set(some) ^ set(others)
