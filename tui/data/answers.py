"""A reviewer's answers to reports: confirming that an item has ended, and returning a report with a reason."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.writes.reports.confirmations import Answered
    from tui.data.door import Door


def confirm(door: "Door", code: str, seen: int | None, *, check_doubts: bool = True) -> "Answered":
    """Confirm that an item has ended, as reported in the report that the user saw, given by its id.

    Raises ConflictError if somebody has reported since, and NotAllowedError if the ending cannot be confirmed. If
    `check_doubts` is true, raises DoubtfulError for an item into which others were merged.
    """
    from planner.queries.history.expected_state import ExpectedReport
    from planner.writes.reports.confirmations import confirm_ending

    with door.writing() as writing:
        return confirm_ending(writing, code, expected=ExpectedReport(seen), check_doubts=check_doubts)


def falling_back(door: "Door", code: str) -> tuple[str, ...]:
    """Return what was saved together with an item's latest report, in words.

    If the report is returned, these records no longer count either.
    """
    from planner.writes.reports.confirmations import what_falls_back

    with door.reading() as reading:
        return what_falls_back(reading, code)


def give_back(door: "Door", code: str, seen: int | None, reason: str) -> "Answered":
    """Return the report with the id `seen` to its author.

    Raises ConflictError if somebody has reported since, NotAllowedError if the report cannot be returned, and
    BadValueError if the reason is missing.
    """
    from planner.queries.history.expected_state import ExpectedReport
    from planner.writes.reports.confirmations import return_report

    with door.writing() as writing:
        return return_report(writing, code, reason, expected=ExpectedReport(seen))
