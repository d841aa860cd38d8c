"""Two files beside each other: what counts as a difference, what is left out, how sides are named."""

import shutil
from datetime import date

import pytest
from sqlalchemy import make_url

from planner.base.errors import BadValueError, NotAsIssuedError, TooSoonError, UnknownNameError
from planner.domain.rules.weeks import Week
from planner.tables.frame import Frame
from planner.weekly.comparing.comparisons import Change, compare_tables
from planner.weekly.comparing.differences import Kind
from planner.weekly.comparing.plain_tables import plain_table
from planner.weekly.comparing.spoken import spoken_value
from planner.weekly.comparing.weeks import read_compared_weeks
from planner.weekly.comparing.worsening import worst_changes
from tests.conftest import opened_copy
from tests.factories import ODD_TITLE, noon, reading_of, report
from tests.weekly.issued import around, issue_now

NOW = noon(date(2020, 12, 1))
FRAME = Frame(Week(2020, 14), date(2020, 4, 5), simulated=False)


def items(*rows, columns=("code", "title", "clauses")):
    return plain_table("items", ("code",), columns, [dict(zip(columns, row, strict=True)) for row in rows], FRAME)


def totals(columns, *rows):
    return plain_table("totals", ("of",), columns, [dict(zip(columns, row, strict=True)) for row in rows], FRAME)


def test_rows_and_cells_that_differ_are_named_by_section_row_and_column():
    before = {"items": items(("T-001", "Quays", []), ("T-002", "Lights", ["old:duty-1"]))}
    after = {"items": items(("T-002", "Lights", ["old:duty-1", "new:duty-1"]), ("P-001", "Pier", []))}
    assert compare_tables(before, after).changes == (
        Change("items", "T-002", "T-002", Kind.CHANGED, "clauses", ("old:duty-1",), ("old:duty-1", "new:duty-1")),
        Change("items", "P-001", "P-001", Kind.ADDED, None, None, None),
        Change("items", "T-001", "T-001", Kind.REMOVED, None, None, None),
    )
    assert compare_tables(before, before).same


def test_what_only_one_side_has_is_no_difference_but_is_told():
    before = {"items": items(("T-001", "Quays", [])), "totals": totals(("of", "old"), ("plan", 1)), "gone": items()}
    after = {"items": items(("T-001", "Quays", [])), "totals": totals(("of", "new"), ("plan", 2)), "come": items()}
    found = compare_tables(before, after)
    assert found.same
    assert found.left_out == (
        "column old of section totals (only in the first version)",
        "section gone (only in the first version)",
        "column new of section totals (only in the second version)",
        "section come (only in the second version)",
    )


def test_a_row_about_a_theme_belongs_to_no_item_and_is_named_with_the_title_of_the_theme():
    def outlook(likely):
        rows = [{"of": "theme", "code": "1", "likely": likely}, {"of": "item", "code": "T-001", "likely": likely}]
        return plain_table("outlook", ("of", "code"), ("of", "code", "likely"), rows, FRAME)

    themes = plain_table(
        "totals", ("by", "key"), ("by", "key", "name"), [{"by": "theme", "key": "1", "name": "1 Quays"}], FRAME
    )
    found = compare_tables({"outlook": outlook("x"), "totals": themes}, {"outlook": outlook("y"), "totals": themes})
    assert [(change.item, found.row_name(change)) for change in found.changes] == [
        (None, "theme 1 Quays"),
        ("T-001", "item T-001"),
    ]


def test_changes_are_grouped_by_item_the_section_of_all_items_first():
    moved = {"moved": plain_table("moved", ("code",), ("code", "to"), [{"code": "T-001", "to": 1}], FRAME)}
    before = {"moved": plain_table("moved", ("code",), ("code", "to"), [], FRAME), "items": items(("T-001", "A", []))}
    found = compare_tables(before, moved | {"items": items(("T-001", "B", []))})
    assert [(code, [change.section for change in changes]) for code, changes in found.by_item()] == [
        ("T-001", ["items", "moved"])
    ]
    assert [change.section for change in found.only("moved").changes] == ["moved"]


@pytest.mark.parametrize(
    ("column", "was", "now", "worse"),
    [
        ("schedule", "on_track", "overdue", True),
        ("schedule", "overdue", "behind", False),
        ("schedule", "none", "overdue", False),
        ("confidence", "green", "red", True),
        ("phase", "in_progress", "suspended", True),
        ("phase", "in_progress", "completed", False),
        ("percent", 40.0, 10.0, True),
        ("percent", None, 10.0, False),
        ("current_due", "2020-05-01", date(2020, 6, 1), True),
        ("title", "A", "B", False),
    ],
)
def test_an_item_is_worse_by_the_rules_of_the_movements(column, was, now, worse):
    assert (set(worst_changes([("T-001", column, was, now)])) == {"T-001"}) is worse


def test_items_that_got_worse_come_first_and_the_worst_before_the_others():
    columns = ("code", "title", "phase", "schedule")
    before = [("A-1", "on_track"), ("A-2", "behind"), ("A-3", "on_track"), ("A-4", "overdue"), ("A-5", "on_track")]
    after = {"A-1": "none", "A-2": "off_track", "A-3": "overdue", "A-4": "on_track", "A-5": "overdue"}
    ended = {"A-5": "completed"}
    found = compare_tables(
        {"items": items(*((code, "", "in_progress", state) for code, state in before), columns=columns)},
        {"items": items(*((c, "", ended.get(c, "in_progress"), s) for c, s in after.items()), columns=columns)},
    )
    assert [code for code, _ in found.by_item()] == ["A-3", "A-2", "A-1", "A-4", "A-5"]
    assert list(found.worse) == ["A-3", "A-2"]


@pytest.mark.parametrize(
    ("section", "column", "value", "text"),
    [
        ("items", "phase", "in_progress", "in progress"),
        ("items", "title", "in_progress", "in_progress"),
        ("items", "percent", 40.0, "40.0"),
        ("opinions", "differ", ("officer_schedule",), "officer schedule"),
        ("movements", "to", "off_track", "off track"),
        ("a_section_of_another_program", "state", "as_it_was", "as_it_was"),
    ],
)
def test_words_are_shown_as_people_read_them(section, column, value, text):
    assert spoken_value(section, column, value) == text


# The sides


@pytest.fixture
def issued(register):
    """Week 14 issued twice, with a report on each of three days, the last of them known to neither issue."""
    report(register, as_of=date(2020, 4, 1), percent=10)
    issue_now(register, at=noon(date(2020, 4, 6)))
    report(register, as_of=date(2020, 4, 2), percent=20, at=noon(date(2020, 4, 7)))
    issue_now(register, at=noon(date(2020, 4, 8)), reason="A report came late.")
    report(register, as_of=date(2020, 4, 3), percent=30, at=noon(date(2020, 4, 9)))
    return register


@pytest.fixture(scope="module")
def issued_once(loaded_file, tmp_path_factory):
    """Week 14 issued once. Only read it."""
    url = make_url(f"sqlite:///{shutil.copy(loaded_file, tmp_path_factory.mktemp('issued') / 'register.sqlite')}")
    database = opened_copy(url)
    issue_now(database)
    yield database
    database.close()


def sides(database, first, second):
    with database.reading() as session:
        return read_compared_weeks(reading_of(session), first, second, now=NOW)


def percents(database, first, second):
    """How far T-001 is on each side."""
    return tuple(side.tables["items"].rows[0]["percent"] for side in sides(database, first, second))


def test_a_side_is_as_issued_last_as_issued_under_a_number_as_known_now_or_at_an_instant(issued):
    assert percents(issued, "2020-W14", "2020-W14") == (20.0, 30.0)
    assert percents(issued, "2020-W14@issued-1", "2020-W14@issued") == (10.0, 20.0)
    assert percents(issued, "2020-W14@2020-04-06", "2020-W14@now") == (10.0, 30.0)
    assert percents(issued, "2020-W14", "2020-W15") == (20.0, 30.0)
    one, other = sides(issued, "2020-W14@issued-1", "2020-W15")
    assert one.how == "as issued (number 1, by brook, 2020-04-06T21:00:00+09:00)"
    assert (other.week, other.how) == (Week(2020, 15), "as known now")
    assert one.tables["items"].rows[4]["title"] == ODD_TITLE
    assert compare_tables(*(side.tables for side in sides(issued, "2020-W14", "2020-W14@2020-04-08"))).same


def test_bytes_that_are_lost_are_made_again_where_the_facts_are_still_the_same(issued):
    around(issued, "issued_content", "DELETE FROM issued_content")
    assert percents(issued, "2020-W14@issued-1", "2020-W14") == (10.0, 20.0)
    around(issued, "status_update", "UPDATE status_update SET percent = 11 WHERE percent = 10")
    with pytest.raises(NotAsIssuedError, match=r"not stored any more, and the facts in the register have changed"):
        percents(issued, "2020-W14@issued-1", "2020-W14")


@pytest.mark.parametrize(
    ("first", "second", "error", "told"),
    [
        ("2020-W13", "2020-W13", UnknownNameError, "2020-W13 was not issued"),
        ("2020-W13@issued", "2020-W14", UnknownNameError, "2020-W13 was not issued"),
        ("2020-W14@issued-2", "2020-W14", UnknownNameError, "issued once and has no issue number 2"),
        ("2020-14", "2020-W14", BadValueError, "'2020-14' is not a week"),
        ("2020-W14", "2020-W14@", BadValueError, "has nothing after the @"),
        ("2020-W14", "2020-W14@soon", BadValueError, "'soon' does not name a version of a week"),
        ("2020-W14", "2020-W14@issued-x", BadValueError, "@issued-2"),
        ("2020-W14", "2021-W14", TooSoonError, "begins on 2021-04-05"),
        ("2020-W14@2021-01-01", "2020-W14", TooSoonError, "in the future"),
    ],
)
def test_a_side_that_is_none_is_told(issued_once, first, second, error, told):
    with pytest.raises(error) as caught:
        sides(issued_once, first, second)
    assert told in caught.value.message


def test_of_two_falls_the_larger_one_comes_first_and_an_unknown_word_is_no_change_for_the_worse():
    unknown = ("T-003", "schedule", "on_track", "slipping")
    assert [*worst_changes([("T-001", "percent", 12, 10), ("T-002", "percent", 90, 10), unknown])] == ["T-002", "T-001"]
