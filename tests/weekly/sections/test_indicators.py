"""The section `indicators`."""

from datetime import date

from planner.domain.vocabulary import Basis
from planner.weekly.sections.indicators import INDICATORS
from tests.factories import observed
from tests.weekly.week import section_rows


def rows_by_code(database, **options):
    return {row["code"]: row for row in section_rows(database, INDICATORS, **options)}


def test_an_indicator_stands_beside_last_week_what_was_expected_and_the_target(register):
    observed(register, "T-001", 1, 2.5, as_of=date(2020, 3, 12))
    observed(register, "T-001", 1, 3, as_of=date(2020, 3, 29))  # the last day of the week before
    observed(register, "T-001", 1, 3.25, as_of=date(2020, 4, 3))
    observed(register, "T-001", 1, 9, as_of=date(2020, 4, 6))  # of the week after
    row = rows_by_code(register)["T-001"]
    assert (row["baseline"], row["last_period"], row["latest"]) == (2, 3, 3.25)
    assert (row["date_of_value"], row["target"], row["target_due"]) == (date(2020, 4, 3), 10, date(2020, 12, 31))
    # 2 + 8 · 95 / 365, from January 1 to April 5 of the way to December 31.
    assert (row["expected"], row["variance"], row["attainment_percent"]) == (4.082, -0.832, 15.6)


def test_a_decrease_is_expected_to_go_down(sqlite_register):
    observed(sqlite_register, "T-002", 1, 45, as_of=date(2020, 4, 1))
    row = rows_by_code(sqlite_register)["T-002"]
    # It begins on March 2: 40 − 36 · 34 / 304.
    assert (row["expected"], row["variance"], row["attainment_percent"]) == (35.97, 9.03, -13.9)


def test_each_indicator_has_a_row_also_without_a_target_or_a_value(sqlite_register):
    observed(sqlite_register, "P-002", 1, 120, as_of=date(2020, 4, 2))
    rows = rows_by_code(sqlite_register)
    assert list(rows) == ["T-001", "T-002", "T-003", "P-001", "P-002"]
    readers, charts = rows["P-002"], rows["T-003"]
    assert (readers["latest"], readers["last_period"], readers["baseline"]) == (120, None, None)
    assert {readers[name] for name in ("expected", "target", "target_due", "variance", "attainment_percent")} == {None}
    assert (charts["latest"], charts["date_of_value"], charts["unit"]) == (None, None, "charts")
    assert rows["P-001"]["indicator_basis"] == Basis.DERIVED


def test_numbers_at_the_ends_of_the_range_leave_no_cell_that_is_no_number(sqlite_register):
    observed(sqlite_register, "T-001", 1, 1.7e308, as_of=date(2020, 4, 2))
    row = rows_by_code(sqlite_register)["T-001"]
    assert (row["latest"], row["attainment_percent"]) == (1.7e308, None)
