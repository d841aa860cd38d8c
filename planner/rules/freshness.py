"""How "reported", "due" and "stale" are decided. Looks at officers' reports only, never at edits of a row."""

from datetime import date

from planner.rules.settings import Settings
from planner.rules.weeks import monday_of
from planner.vocabulary import Freshness, Phase


def freshness(phase: Phase, starts: date, last_report: date | None, as_of: date, settings: Settings) -> Freshness:
    """How recent the last report is, seen from a day.

    Reported: one in the day's reporting week. Stale: none for four weeks (the plan's setting) or more, counted in whole
    reporting weeks. Never: none at all. An item that is reported as ended owes nothing more, also while that waits for
    its confirmation; one that has not started owes nothing before its start date.
    """
    if phase.terminal:
        return Freshness.NOT_OWED
    monday = monday_of(as_of)
    if last_report is not None and last_report >= monday:
        return Freshness.REPORTED
    if phase is Phase.NOT_STARTED and as_of < starts:
        return Freshness.NOT_OWED
    if last_report is None:
        return Freshness.NEVER
    weeks_without = (monday - monday_of(last_report)).days // 7
    return Freshness.STALE if weeks_without >= settings.stale_after_weeks else Freshness.DUE
