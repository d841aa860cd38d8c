"""Rows of an exported register that somebody copied for new items: the report of the copied item is not theirs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.vocabulary import Phase
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Severity
from planner.store.database import Database
from tests.effort import EFFORT
from tests.factories import ITEM_CODES, report
from tests.intake import test_export_moments as moments
from tests.intake.imports import DAY, write

TITLE = "Buy a crane for the port"


@pytest.fixture
def file(sqlite_register: Database, tmp_path: Path) -> Path:
    """An exported register with reports on some of its items."""
    for number, code in enumerate(("T-001", "T-003", "P-002"), 1):
        report(sqlite_register, code, percent=number * 10, done=f"Part {number} begun.", as_of=DAY)
    return moments.exported(sqlite_register, tmp_path)


def copied(file: Path, code: str, changes: Mapping[str, Any]) -> Path:
    """Add a copy of the row of an item with some other values."""
    book = openpyxl.load_workbook(file)
    page = book["items"]
    headings = [str(cell.value) for cell in page[1]]
    values = next(row for row in page.iter_rows(min_row=2, values_only=True) if row[headings.index("code")] == code)
    page.append([changes.get(heading, value) for heading, value in zip(headings, values, strict=True)])
    book.save(file)
    return file


def told(preview: Preview) -> list[str]:
    return [one.what.partition(" (")[0] for one in preview.problems]


LEFT_OUT = "1 new row is a copy of the row of another item"


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    "changes",
    [{}, {"exported_from": None}, {"phase": "not_started", "percent": None}],
    ids=["whole", "without its origin", "with another phase"],
)
def test_a_copied_row_does_not_report_on_its_new_item(
    sqlite_register: Database, file: Path, changes: dict[str, Any]
) -> None:
    copied(file, "T-003", {"code": "T-900", "title": TITLE, **changes})

    preview = moments.preview_of(sqlite_register, file)

    assert [(one.code, one.report) for one in preview.new] == [("T-900", None)]
    first, *others = told(preview)
    assert first == LEFT_OUT
    # Without its origin, a row can also be one that somebody added with a day of its own.
    assert [note.partition(" has ")[0] for note in others] == ["the column 'reported_on'"] * (
        "exported_from" in changes
    )
    assert "T-900 from T-003" in preview.problems[0].what


def test_a_copied_row_does_not_report_when_it_is_imported_again(sqlite_register: Database, file: Path) -> None:
    copied(file, "T-003", {"code": "T-900", "title": TITLE})
    write(sqlite_register, moments.preview_of(sqlite_register, file))

    again = moments.preview_of(sqlite_register, file)

    assert (again.anything, list(again.conflicts)) == (False, [])


def test_what_the_author_of_a_copied_row_wrote_is_reported(sqlite_register: Database, file: Path) -> None:
    copied(file, "T-003", {"code": "T-900", "title": TITLE, "done": "Offers asked for."})
    copied(file, "T-003", {"code": "T-901", "title": "Sell the old crane", "percent": 5})

    preview = moments.preview_of(sqlite_register, file)

    reports = {one.code: one.report for one in preview.new}
    assert {code: (one.phase, one.percent, one.done) for code, one in reports.items() if one} == {
        "T-900": (Phase.IN_PROGRESS, 20, "Offers asked for."),
        "T-901": (Phase.IN_PROGRESS, 5, None),
    }


def test_a_row_that_was_typed_keeps_the_words_that_another_one_has_too(sqlite_register: Database, file: Path) -> None:
    typed = {"code": "T-900", "title": TITLE, "exported_from": None, "lead": "Harbour Office"}
    copied(file, "T-003", typed)

    preview = moments.preview_of(sqlite_register, file)

    assert [one.report.done for one in preview.new if one.report] == ["Part 2 begun."]


@pytest.mark.parametrize("code", ["T-900", None])
def test_a_copied_row_with_the_title_of_the_other_item_is_told(
    sqlite_register: Database, file: Path, code: str | None
) -> None:
    copied(file, "T-003", {"code": code})

    assert "1 new row has the title of another item" in told(moments.preview_of(sqlite_register, file))


def test_a_copy_of_an_item_that_is_measured_by_milestones_is_measured_by_reports(
    sqlite_register: Database, file: Path
) -> None:
    copied(file, "T-002", {"code": "T-900", "title": TITLE})

    preview = moments.preview_of(sqlite_register, file)

    assert preview.blockers == ()
    assert told(preview) == ["1 new row is a copy of the row of an item that is measured by milestones"]
    write(sqlite_register, preview)
    assert not moments.preview_of(sqlite_register, file).anything


def test_nothing_is_told_of_a_copy_while_it_is_asked_whether_it_is_new(sqlite_register: Database, file: Path) -> None:
    moments.edit(file, "code", "T-009", code="T-003")

    preview = moments.preview_of(sqlite_register, file)

    assert [one.severity for one in preview.problems] == [Severity.QUESTION]


_CHANGES = st.fixed_dictionaries(
    {"code": st.sampled_from([None, "T-900", "KP-1"]), "title": st.just(TITLE)},
    optional={
        "exported_from": st.none(),
        "lead": st.sampled_from(["Harbour Office", "Town Archive"]),
        "note": st.sampled_from([None, "New."]),
        "phase": st.sampled_from([None, "not_started"]),
        "comes_from": st.just("P-001"),
    },
)


@settings(
    max_examples=6 * EFFORT,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(source=st.sampled_from(ITEM_CODES), changes=_CHANGES)
def test_no_copied_row_brings_words_that_nobody_wrote(
    sqlite_register: Database, file: Path, tmp_path: Path, source: str, changes: dict[str, Any]
) -> None:
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(file.read_bytes())
    copied(copy, source, changes)

    preview = moments.preview_of(sqlite_register, copy)

    words = [one.report.done for one in preview.new if one.report]
    typed = "exported_from" in changes and "lead" in changes
    assert typed or words == []
    assert preview.changed == ()
