"""The columns of a file with their first values."""

from datetime import date

from planner.intake.column_samples import column_samples
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.stored import Position
from planner.intake.proposed import Field
from planner.intake.sheets import Row, Sheet


def test_a_sheet_with_unknown_headings_shows_short_first_values_and_the_given_fields() -> None:
    rows = [Row(5, ("Foo", "Bar")), Row(6, ("x" * 500, None)), Row(7, (1, 2.5)), Row(8, ("y",)), Row(9, ("z",))]
    preview = Preview("harbour", Position(0, ""), date(2020, 9, 18), ("a.csv",))
    found = column_samples([Sheet("a.csv", "", rows)], preview, {"foo": Field.TITLE})
    assert [(str(one.place), one.heading, one.field, one.values) for one in found] == [
        ("a.csv!5", "Foo", Field.TITLE, ("x" * 80, "1", "y")),
        ("a.csv!5", "Bar", None, ("2.5",)),
    ]
