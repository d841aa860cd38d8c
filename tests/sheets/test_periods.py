"""Status sheets of a plan whose officers report by the fortnight, month or quarter."""

from datetime import date

import pytest

from planner.domain.vocabulary import Cadence
from planner.sheets.content import file_name
from planner.sheets.preview import Outcome
from planner.store.models import Plan
from tests.factories import OFFICER, report
from tests.sheets.made import DAY, filled, line_of, opened, preview_of, sheet_of, sheets_of


@pytest.fixture
def by(sqlite_register):
    """Give the plan another cadence, and return its register."""

    def with_cadence(cadence):
        with sqlite_register.writing() as session:
            session.query(Plan).one().cadence = cadence
            session.commit()
        return sqlite_register

    return with_cadence


@pytest.mark.parametrize(
    ("cadence", "name", "key", "days"),
    [
        (Cadence.FORTNIGHTLY, "2020-W13–W14", "2020-W13-W14", "2020-03-23 to 2020-04-05"),
        (Cadence.MONTHLY, "April 2020", "2020-04", "2020-04-01 to 2020-04-30"),
        (Cadence.QUARTERLY, "Q2 2020", "2020-Q2", "2020-04-01 to 2020-06-30"),
    ],
)
def test_a_sheet_is_for_the_period_of_the_plan(by, cadence, name, key, days):
    register = by(cadence)
    page = opened(sheet_of(register)).worksheets[0]
    assert page["A1"].value == f"Status sheet of Harbour Office for {name}"
    assert [page["A6"].value, page["B6"].value] == ["Period", f"{name}, {days}"]
    foot = page.HeaderFooter.oddFooter
    assert foot
    assert foot.left.text == f"Harbour Town work plan 2020, Harbour Office, {name}"
    assert file_name(sheets_of(register)[0]) == f"harbour-2020-{key}-status-harbour-office.xlsx"


def test_a_sheet_counts_until_the_end_of_its_period(by):
    register = by(Cadence.MONTHLY)
    content = filled(sheet_of(register), {"T-001": {"Done": "Dug."}})
    for back, counts in ((date(2020, 4, 28), date(2020, 4, 28)), (date(2020, 5, 6), date(2020, 4, 30))):
        found = preview_of(register, content, day=back)
        assert [(head.period, head.as_of) for head in found.heads] == [("April 2020", counts)]
        assert [one.as_of for one in found.received] == [counts]


def test_no_change_adds_nothing_to_a_period_with_a_report(by):
    register = by(Cadence.MONTHLY)
    report(register, "T-001", as_of=date(2020, 4, 1), actor=OFFICER, percent=20)
    content = filled(sheet_of(register), {"T-001": {"No change": "x"}})
    assert line_of(preview_of(register, content, day=date(2020, 4, 28))).outcome is Outcome.UNCHANGED
    assert line_of(preview_of(by(Cadence.WEEKLY), content, day=date(2020, 4, 28))).outcome is Outcome.UNCHANGED


def test_a_sheet_of_a_period_that_has_not_begun_is_refused(by):
    register = by(Cadence.MONTHLY)
    content = filled(sheet_of(register, day=DAY), {"T-001": {"Done": "Dug."}})
    assert preview_of(register, content, day=date(2020, 4, 1)).errors == []
    (problem,) = preview_of(register, content, day=date(2020, 3, 31)).errors
    assert (problem.what, problem.do) == (
        "this status sheet is for April 2020, which has not begun", "Take it back from 2020-04-01 on",
    )  # fmt: skip
