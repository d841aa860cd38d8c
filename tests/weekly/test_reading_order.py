"""The order of the columns for people: what happened first, a basis last and only where it differs."""

from dataclasses import replace

import pytest

from planner.domain.vocabulary import Basis
from planner.tables import columns
from planner.tables.table import Filled, Table
from planner.weekly.contents import SECTIONS
from planner.weekly.reading_order import READ_FIRST, reading_order, spoken
from tests.weekly.factories import ITEM, items_of, weekly_row


def test_each_section_says_what_is_read_first_and_loses_no_column():
    assert set(READ_FIRST) == {section.name for section in SECTIONS}
    for section in SECTIONS:
        order = reading_order(Filled(section, items_of().frame, ()))
        names = [column.name for column in (*order.first, *order.others, *order.same)]
        assert names[: len(READ_FIRST[section.name])] == list(READ_FIRST[section.name])
        assert sorted(names) == sorted(column.name for column in section.columns)


def test_what_moved_from_where_to_where_why_and_who_leads_come_in_this_order():
    assert READ_FIRST["movements"][3:8] == ("what", "from", "to", "reason", "lead")


def test_a_basis_that_differs_is_the_last_of_what_is_read_and_one_that_does_not_is_said_once():
    working = weekly_row(replace(ITEM, basis=Basis.WORKING))
    stated = weekly_row(replace(ITEM, code="T-002", basis=Basis.STATED))
    differing, same = reading_order(items_of(working, stated)), reading_order(items_of(working, working))
    assert differing.first[-1].name == "basis"
    assert (differing.same, differing.said_once) == ((), "")
    assert "basis" not in [column.name for column in (*same.first, *same.others)]
    assert same.said_once == "Basis: working in every row."
    assert reading_order(items_of()).said_once == ""


def test_a_table_that_says_nothing_about_its_order_keeps_it():
    table = Table("other", "Other", "", (columns.text("a", str), columns.text("b", str)), ("a",))
    order = reading_order(Filled(table, items_of().frame, ("x",)))
    assert [column.name for column in order.first] == ["a", "b"]
    assert order.others == ()


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        (columns.text("to", str), "off_track", "off track"),
        (columns.text("what", str), "due_date", "due date"),
        (columns.text("to", str), "lin_wei", "lin_wei"),
        (columns.text("title", str), "off_track", "off_track"),
        (columns.word("movement", str), "fell_back", "fell back"),
    ],
)
def test_words_are_shown_as_people_read_them_and_other_texts_as_they_are(column, value, shown):
    assert spoken(column, value) == shown
