"""What does not fit together is asked about before it is recorded, by whatever write, and only where it is new."""

from collections.abc import Callable
from datetime import date

import pytest

from planner.domain.vocabulary import Phase
from planner.register.writing import Writing
from planner.store.database import Database
from planner.writes.reports.bulk import BulkChange, record_bulk
from planner.writes.reports.dates import move_due_date, move_milestone
from planner.writes.reports.doubts import DoubtfulError
from planner.writes.reports.entries import Entry, MilestoneEntry, record_entry
from planner.writes.reports.milestones import forecast_milestone, meet_milestone
from planner.writes.reports.status import Report
from tests.factories import ACTOR, ended, noon, writing_by
from tests.factories import report as record
from tests.writes.refusals import refused

TODAY = date(2020, 4, 1)
NEXT_YEAR = date(2021, 3, 1)

WRITES: dict[str, Callable[[Writing, bool], object]] = {
    "a report": lambda on, check_doubts: record_entry(
        on, "T-001", Entry(Report(percent=100)), check_doubts=check_doubts
    ),
    "a milestone in a report": lambda on, check_doubts: record_entry(
        on,
        "T-001",
        Entry(milestones=(MilestoneEntry(2, moved_to=NEXT_YEAR, reason="Ice."),)),
        check_doubts=check_doubts,
    ),
    "several items": lambda on, check_doubts: record_bulk(
        on, ["P-001", "P-002"], BulkChange(phase=Phase.NOT_STARTED), check_doubts=check_doubts
    ),
    "a moved milestone": lambda on, check_doubts: move_milestone(
        on, "T-001", 2, NEXT_YEAR, "Ice.", check_doubts=check_doubts
    ),
    "a forecast": lambda on, check_doubts: forecast_milestone(on, "T-001", 2, NEXT_YEAR, check_doubts=check_doubts),
    "a moved due date": lambda on, check_doubts: move_due_date(
        on, "T-001", date(2020, 3, 30), "Sooner.", check_doubts=check_doubts
    ),
    "a milestone met": lambda on, check_doubts: meet_milestone(on, "T-003", 1, TODAY, check_doubts=check_doubts),
}
TOLD = {
    "a report": "the item is 100% done, but its phase is in progress",
    "a milestone in a report": "milestone 2 is due on 2021-03-01, after the item's due date",
    "several items": "the item is not started, but 25% of it is done",
    "a moved milestone": "milestone 2 is due on 2021-03-01, after the item's due date",
    "a forecast": "milestone 2 is forecast for 2021-03-01",
    "a moved due date": "milestone 1 is due on 2020-03-31, after the item's due date (2020-03-30)",
    "a milestone met": "the item is not started, but milestone 1 is met",
}


@pytest.mark.parametrize("name", WRITES)
def test_it_is_asked_about_and_recorded_once_it_is_meant(register: Database, name: str):
    if name == "several items":
        with register.writing() as session:
            started = Entry(Report(phase=Phase.IN_PROGRESS), (MilestoneEntry(1, met_on=TODAY),))
            record_entry(writing_by(session, ACTOR, noon(TODAY)), "P-001", started)

    def write(*, check_doubts: bool) -> None:
        with register.writing() as session:
            WRITES[name](writing_by(session, ACTOR, noon(TODAY)), check_doubts)

    code = {"several items": "P-001", "a milestone met": "T-003"}.get(name, "T-001")
    with refused(register, DoubtfulError, TOLD[name], code):
        write(check_doubts=True)
    write(check_doubts=False)


def test_what_did_not_fit_before_is_not_asked_about_again(register: Database):
    with register.writing() as session:
        forecast_milestone(writing_by(session, ACTOR, noon(TODAY)), "T-001", 2, NEXT_YEAR)
    with register.writing() as session:
        entry = Entry(Report(percent=30))
        assert record_entry(writing_by(session, ACTOR, noon(TODAY)), "T-001", entry, check_doubts=True).reported


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (Report(phase=Phase.IN_PROGRESS), "the item is cancelled, which was confirmed, and would be open again"),
        (
            Report(phase=Phase.COMPLETED, evidence="Memo 5."),
            "the item is cancelled, which was confirmed, and the new ending would not be confirmed",
        ),
    ],
)
def test_an_ending_that_was_confirmed_is_not_taken_back_unasked(register: Database, report: Report, told: str):
    ended(register, "T-003", Phase.CANCELLED, as_of=date(2020, 3, 20))

    def write(*, check_doubts: bool) -> None:
        with register.writing() as session:
            record_entry(writing_by(session, ACTOR, noon(TODAY)), "T-003", Entry(report), check_doubts=check_doubts)

    with refused(register, DoubtfulError, told, "T-003"):
        write(check_doubts=True)
    write(check_doubts=False)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (Report(phase=Phase.IN_PROGRESS), "another one, and would be open again beside it"),
        (Report(phase=Phase.COMPLETED, evidence="Memo 5."), "another one, which has its work, and would now be comp"),
        (Report(phase=Phase.CANCELLED, ending_reason="No money."), "which has its work, and would now be cancelled"),
    ],
)
@pytest.mark.parametrize("confirmed", [True, False])
def test_a_merged_or_split_item_does_not_come_back_beside_the_other_one_unasked(
    register: Database, confirmed: bool, report: Report, told: str
):
    day = date(2020, 3, 20)
    if confirmed:
        ended(register, "T-003", Phase.MERGED, as_of=day)
    else:
        record(register, "T-003", phase=Phase.MERGED, as_of=day)

    def write(*, check_doubts: bool) -> None:
        with register.writing() as session:
            record_entry(writing_by(session, ACTOR, noon(TODAY)), "T-003", Entry(report), check_doubts=check_doubts)

    with refused(register, DoubtfulError, told, "T-003"):
        write(check_doubts=True)
    write(check_doubts=False)


def test_an_ending_that_nobody_confirmed_is_corrected_without_a_question(register: Database):
    record(register, "T-003", phase=Phase.CANCELLED, as_of=date(2020, 3, 20))
    with register.writing() as session:
        entry = Entry(Report(phase=Phase.IN_PROGRESS))
        assert record_entry(writing_by(session, ACTOR, noon(TODAY)), "T-003", entry, check_doubts=True).reported
