"""The section `decisions`: requests that wait for a manager's decision or for the lead's action."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.queries.items.views import ItemView
from planner.queries.weeks.missing_reports import weeks_between
from planner.queries.weeks.open_requests import OpenRequest, RequestKind, read_open_requests
from planner.weekly.about_item import LAST_UPDATE, WHICH_ITEM, of_report
from planner.weekly.reading import WeekReading
from planner.weekly.table import Column, ColumnType, Section


class WaitsFor(StrEnum):
    """Who has to act on the request."""

    MANAGER = "manager"
    LEAD = "lead"


@dataclass(frozen=True)
class Decision:
    """An open request about an item, as of a day."""

    request: OpenRequest
    as_of: date
    simulated: bool

    @property
    def item(self) -> ItemView:
        """The item that the request is about."""
        return self.request.item

    @property
    def waits_for(self) -> WaitsFor:
        """Who has to act: a manager confirms and helps; the lead reports again or removes the blocker."""
        return WaitsFor.MANAGER if self.request.kind in (RequestKind.CONFIRM, RequestKind.HELP) else WaitsFor.LEAD


def _rows(reading: WeekReading) -> list[Decision]:
    instance = reading.instance
    requests = read_open_requests(reading.session, reading.plan, reading.items, instance.point)
    return [Decision(one, instance.as_of, reading.plan.simulated) for one in requests]


COLUMNS: tuple[Column[Decision], ...] = (
    Column(
        "decision",
        "Decision",
        ColumnType.WORD,
        lambda row: row.request.kind,
        "`confirm` that an item is completed, cancelled or merged, or return that report; `help` that the last report "
        "asks for; `report_anew` what a manager returned; `unblock` what the last report says is in the way, where it "
        "asks for no help.",
        one_of=tuple(RequestKind),
        required=True,
    ),
    Column(
        "waits_for",
        "Waits for",
        ColumnType.WORD,
        lambda row: row.waits_for,
        "Whose word is waited for: a `manager` confirms and helps, the `lead` reports anew and unblocks.",
        one_of=tuple(WaitsFor),
        required=True,
    ),
    *WHICH_ITEM,
    Column(
        "asked",
        "Asked",
        ColumnType.TEXT,
        lambda row: row.request.words,
        "What is asked, in the words of who asks: the help needed, the blocker, the manager's reason for returning; of "
        "a completion what was done, else its evidence; of a cancelled or merged item why, and into which item.",
    ),
    Column(
        "asked_by",
        "Asked by",
        ColumnType.TEXT,
        lambda row: row.request.actor,
        "Who asks, by login: the officer who reported, or the manager who returned.",
        required=True,
    ),
    Column(
        "since",
        "Since",
        ColumnType.DATE,
        lambda row: row.request.since,
        "Since when: the day of the first of the unbroken run of reports that ask for help, tell of a blocker or of "
        "this ending; the day a report was returned, which can be after `as_of` where the file was made later.",
        required=True,
    ),
    Column(
        "weeks_waiting",
        "Weeks",
        ColumnType.WHOLE_NUMBER,
        lambda row: max(0, weeks_between(row.request.since, row.as_of)),
        "Whole reporting weeks from then to `as_of`.",
        required=True,
    ),
    Column(
        "blocker",
        "Blocker",
        ColumnType.TEXT,
        lambda row: of_report(row, lambda report: report.blocker),
        "What the last report says is in the way.",
    ),
    Column(
        "evidence",
        "Evidence",
        ColumnType.TEXT,
        lambda row: of_report(row, lambda report: report.evidence),
        "Where what the last report says can be seen.",
    ),
    LAST_UPDATE,
)

DECISIONS = Section(
    name="decisions",
    title="Decisions and help needed",
    answers="What waits for somebody's word, since when, and in whose words? What waits for a manager comes first, the "
    "longest waiting before others.",
    columns=COLUMNS,
    rows=_rows,
    key=("code", "decision"),
)
