"""How "reported", "due" and "stale" are decided. Looks at officers' reports only, never at edits of a row."""

from datetime import date, timedelta

from planner.rules.settings import Settings
from planner.rules.weeks import Week
from planner.vocabulary import Freshness, Phase


def freshness(phase: Phase, starts: date, last_report: date | None, as_of: date, settings: Settings) -> Freshness:
    """How recent the last report is, seen from a day.

    Reported: one in the day's reporting week. Stale: none for four weeks (the plan's setting) or more, counted in whole
    reporting weeks. Never: none at all. An item in a terminal phase owes nothing more; one that has not started owes
    nothing before its start date.
    """
    if phase.terminal:
        return Freshness.NOT_OWED
    if last_report is not None and last_report >= Week.of(as_of).monday:
        return Freshness.REPORTED
    if phase is Phase.NOT_STARTED and as_of < starts:
        return Freshness.NOT_OWED
    if last_report is None:
        return Freshness.NEVER
    weeks_without = (Week.of(as_of).monday - Week.of(last_report).monday) // timedelta(weeks=1)
    return Freshness.STALE if weeks_without >= settings.stale_after_weeks else Freshness.DUE
