"""How an item is rated as reported, due or stale. This depends only on officers' reports, not on edits of the item."""

from datetime import date

from planner.domain.rules.periods import period_start
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Freshness, Phase


def freshness(phase: Phase, starts: date, last_report: date | None, as_of: date, settings: Settings) -> Freshness:
    """Return how recent an item's last report is, as of a day.

    Reported: there is a report in the reporting period of that day, such as its week or month. Stale: there was none
    for four or more weeks (a setting of the plan), counted from period to period. Never: there is no report at all. The
    report that ends an item counts in its period. After it the item owes no report, even while its confirmation is
    awaited. An item that has not started owes none before its start date.
    """
    start = period_start(settings.cadence, settings.plan_starts, as_of)
    if last_report is not None and last_report >= start:
        return Freshness.REPORTED
    if phase.terminal:
        return Freshness.NOT_OWED
    if phase is Phase.NOT_STARTED and as_of < starts:
        return Freshness.NOT_OWED
    if last_report is None:
        return Freshness.NEVER
    weeks_without = (start - period_start(settings.cadence, settings.plan_starts, last_report)).days // 7
    return Freshness.STALE if weeks_without >= settings.stale_after_weeks else Freshness.DUE
