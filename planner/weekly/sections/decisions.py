"""The section `decisions`: requests that wait for a manager's decision or for the lead's action."""

from enum import StrEnum

from planner.base.views import value_class
from planner.domain.rules.weeks import weeks_between
from planner.queries.items.columns import BLOCKER, LAST_UPDATE, WHICH_ITEM, of_report
from planner.queries.weeks.open_requests import OpenRequest, RequestKind, read_open_requests
from planner.queries.weeks.requests import which_date
from planner.tables import columns
from planner.tables.columns import Column
from planner.weekly.reading import WeekReading
from planner.weekly.section import ItemFact, Section


class WaitsFor(StrEnum):
    """Who has to act on the request."""

    MANAGER = "manager"
    LEAD = "lead"


_OF_MANAGER = (RequestKind.CONFIRM, RequestKind.EXTENSION, RequestKind.HELP)


@value_class
class Decision(ItemFact):
    """An open request about an item."""

    request: OpenRequest

    @property
    def waits_for(self) -> WaitsFor:
        """Who has to act on the request.

        A manager confirms that an item has ended, grants a later date, or helps. The lead reports again, or removes a
        blocker.
        """
        return WaitsFor.MANAGER if self.request.kind in _OF_MANAGER else WaitsFor.LEAD


def _rows(reading: WeekReading) -> list[Decision]:
    instance = reading.instance
    requests = read_open_requests(reading, reading.items)
    return [Decision(one.item, instance.frame, one) for one in requests]


COLUMNS: tuple[Column[Decision], ...] = (
    columns.word(
        "decision",
        lambda row: row.request.kind,
        "`confirm` that an item is completed, cancelled or merged, or return the report; `extension`: grant or refuse "
        "a later date; `help` that the last report asks for; `report_anew` after a manager returned a report; "
        "`unblock` an obstacle in the last report, if the report asks for no help.",
        one_of=RequestKind,
    ),
    columns.word(
        "waits_for",
        lambda row: row.waits_for,
        "Who has to act: a `manager` confirms, grants and helps; the `lead` reports again and removes obstacles.",
        one_of=WaitsFor,
    ),
    *WHICH_ITEM,
    columns.text(
        "date",
        lambda row: which_date(row.request.extension, row.item),
        "The date that a request for a later date would move: `due_date`, or `milestone` and its number. For other "
        "requests it is `item`.",
        "Which date",
    ),
    columns.day(
        "to",
        lambda row: row.request.extension.new if row.request.extension else None,
        "The later date that is asked for.",
        "Date asked for",
        optional=True,
    ),
    columns.text(
        "asked",
        lambda row: row.request.words,
        "The request in the words of the person who makes it: the help needed, the reason for a later date, the "
        "obstacle, or the manager's reason for returning a report. For a completion it is the work done, or else the "
        "evidence. For a cancelled or merged item it is why, and into which item it was merged.",
        "Request",
        optional=True,
    ),
    columns.text(
        "asked_by",
        lambda row: row.request.actor,
        "The login of the person who makes the request: the officer who reported, or the manager who returned the "
        "report.",
        "Requested by",
    ),
    columns.day(
        "since",
        lambda row: row.request.since,
        "The date since which the request is open: the first of the uninterrupted run of reports that ask for "
        "help, name an obstacle or report this ending; the as-of date of a request for a later date; or the day on "
        "which a report was returned, which can be after `as_of` if the file was made later.",
        "Open since",
    ),
    columns.whole_number(
        "weeks_waiting",
        lambda row: max(0, weeks_between(row.request.since, row.frame.as_of)),
        "The number of whole reporting weeks from `since` to `as_of`.",
        "Weeks open",
    ),
    BLOCKER,
    columns.text(
        "evidence",
        of_report(lambda report: report.evidence),
        "The evidence that the last report names.",
        optional=True,
    ),
    LAST_UPDATE,
)

DECISIONS = Section(
    name="decisions",
    title="Decisions and help needed",
    answers="Which decisions and requests are open, since when, and who asked for them? Requests to a manager "
    "come first. Among requests of one kind, the longest open come first.",
    columns=COLUMNS,
    rows=_rows,
    key=("code", "decision", "date"),
)
