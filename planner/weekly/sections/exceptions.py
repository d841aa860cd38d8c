"""The section `exceptions`: items that are dropped, red, amber, overdue, off track or contradictory, and why."""

from enum import StrEnum

from planner.base.views import value_class
from planner.domain.rules.troubles import Trouble, troubles_of
from planner.domain.rules.weeks import Week
from planner.queries.items.columns import (
    CONFIDENCE,
    DAYS_LATE,
    EXPECTED,
    HELP_NEEDED,
    LAST_UPDATE,
    PERCENT,
    SCHEDULE,
    WHICH_ITEM,
    of_report,
)
from planner.queries.items.ordering import register_order
from planner.queries.items.views import ItemView
from planner.tables import columns
from planner.tables.columns import Column
from planner.weekly.reading import WeekReading, by_id
from planner.weekly.section import ItemFact, Section


class CauseTold(StrEnum):
    """Whether the last report gives the cause of the exception."""

    TOLD = "told"
    NOT_TOLD = "not_told"
    NO_REPORT = "no_report"


@value_class
class ExceptionRow(ItemFact):
    """An item with its current problems, and its problems on the last day of the week before."""

    troubles: tuple[Trouble, ...]
    troubles_before: tuple[Trouble, ...]

    @property
    def cause_told(self) -> CauseTold:
        """Whether the last report says why the item ended or what blocks it."""
        if self.item.last is None:
            return CauseTold.NO_REPORT
        return CauseTold.TOLD if self.item.last.why_ended or self.item.last.blocker else CauseTold.NOT_TOLD


def _rows(reading: WeekReading) -> list[ExceptionRow]:
    frame = reading.instance.frame
    before = by_id(reading.earlier)
    found = [
        ExceptionRow(item, frame, _troubles(item, frame.week), _troubles(before.get(item.id), frame.week.previous))
        for item in reading.items
    ]
    return sorted((row for row in found if row.troubles), key=_worst_first)


def _troubles(item: ItemView | None, week: Week) -> tuple[Trouble, ...]:
    if item is None:
        return ()
    since = item.last.ended_on if item.last else None
    return troubles_of(item, dropped_this_week=since is not None and week.monday <= since <= week.sunday)


_ORDER = list(Trouble)


def _worst_first(row: ExceptionRow) -> tuple[object, ...]:
    gap = row.item.expected - (row.item.actual or 0.0)
    return (_ORDER.index(row.troubles[0]), -row.item.days_late, -len(row.troubles), -gap, register_order(row.item))


def _words(troubles: tuple[Trouble, ...]) -> tuple[str, ...]:
    return tuple(trouble.value for trouble in troubles)


COLUMNS: tuple[Column[ExceptionRow], ...] = (
    *WHICH_ITEM,
    columns.texts(
        "holds",
        lambda row: _words(row.troubles),
        "All problems of the item, the most serious first: `cancelled` or `merged` (in the week of the report, and "
        "until somebody confirms it), `overdue`, `off_track`, `red`, `contradiction` (rated green while overdue or "
        "off track), `amber`.",
        "Problems",
    ),
    columns.texts(
        "held_last_week",
        lambda row: _words(row.troubles_before),
        "The problems on the last day of the week before. Empty if there were none, so that the exception is new.",
        "Problems last week",
        optional=True,
    ),
    SCHEDULE,
    CONFIDENCE,
    DAYS_LATE,
    PERCENT,
    EXPECTED,
    columns.word(
        "cause_told",
        lambda row: row.cause_told,
        "`told` if the last report names a cause, `not_told` if it names none, `no_report` if the item was never "
        "reported on.",
        "Cause given",
        one_of=CauseTold,
    ),
    columns.text(
        "cause",
        of_report(lambda report: report.why_ended or report.blocker),
        "The obstacle, in the words of the last report. For a cancelled or merged item it is why, and into which "
        "item it was merged. The report may be older than this week: see `last_update`. Empty if no cause was "
        "given.",
        optional=True,
    ),
    columns.text(
        "next_step",
        of_report(lambda report: report.next),
        "The next step, in the words of the last report.",
        optional=True,
    ),
    HELP_NEEDED,
    LAST_UPDATE,
)

EXCEPTIONS = Section(
    name="exceptions",
    title="Exceptions",
    answers="Which items were cancelled or merged? Which open items are overdue, off track, or rated red "
    "or amber? Which are rated green although they are overdue or off track? Why, and what is "
    "the next step? The most serious items come first, then those that are late by the most days.",
    columns=COLUMNS,
    rows=_rows,
    key=("code",),
)
