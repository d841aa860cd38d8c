"""The names of reporting periods, by the cadence of a plan: `2026-W48`, `2026-W48–W49`, `November 2026`, `Q4 2026`."""

from datetime import date

from planner.base.language import later, tr, tr_later
from planner.domain.rules.periods import period_end, period_start
from planner.domain.rules.settings import Settings
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Cadence

_MONTHS = (
    later("January {year}"),
    later("February {year}"),
    later("March {year}"),
    later("April {year}"),
    later("May {year}"),
    later("June {year}"),
    later("July {year}"),
    later("August {year}"),
    later("September {year}"),
    later("October {year}"),
    later("November {year}"),
    later("December {year}"),
)


def period_name(settings: Settings, day: date) -> str:
    """Return the name of the reporting period that contains a day, in the language in use."""
    if settings.cadence is Cadence.MONTHLY:
        return tr_later(_MONTHS[day.month - 1]).format(year=day.year)
    if settings.cadence is Cadence.QUARTERLY:
        return tr("Q{quarter} {year}", quarter=_quarter(day), year=day.year)
    return _weeks(settings, day, "–")


def reporting_period(settings: Settings, day: date) -> str:
    """Return the words that name the reporting period of a day: `reporting week 2026-W48`, or `November 2026`."""
    name = period_name(settings, day)
    return tr("reporting week {week}", week=name) if settings.cadence is Cadence.WEEKLY else name


def week_or_period(settings: Settings, day: date) -> str:
    """Return the name of the reporting period that contains a day, as in brackets after it: `week 2026-W48`."""
    name = period_name(settings, day)
    return tr("week {week}", week=name) if settings.cadence is Cadence.WEEKLY else name


def period_key(settings: Settings, day: date) -> str:
    """Return the name of the period in the names of files: `2026-W48`, `2026-W48-W49`, `2026-11` or `2026-Q4`."""
    if settings.cadence is Cadence.MONTHLY:
        return f"{day:%Y-%m}"
    if settings.cadence is Cadence.QUARTERLY:
        return f"{day.year}-Q{_quarter(day)}"
    return _weeks(settings, day, "-")


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _weeks(settings: Settings, day: date, dash: str) -> str:
    """Return the week of a day, or the first and the last week of its fortnight."""
    first = Week.of(period_start(settings.cadence, settings.plan_starts, day))
    last = Week.of(period_end(settings.cadence, settings.plan_starts, day))
    if first == last:
        return str(first)
    return f"{first}{dash}{last}" if first.year != last.year else f"{first}{dash}W{last.number:02d}"
