"""Who is silent: the lead organisations with missing reports."""

from collections.abc import Iterable, Iterator, Sequence

from planner.base.numbers import counted
from planner.domain.rules.weeks import weeks_between
from planner.domain.vocabulary import Concern, Freshness
from planner.queries.weeks.missing_reports import silent_since
from planner.weekly.brief.model import BriefLine
from planner.weekly.brief.shortening import short_title
from planner.weekly.section import ItemFact
from planner.weekly.sections.totals import By, Total


def silent(rows: Iterable[ItemFact], totals: Iterable[Total]) -> Iterator[BriefLine]:
    """Yield the organisations that owe reports, those without a report for longest first."""
    owed = {total.key: _owed(total) for total in totals if total.by is By.ORGANISATION}
    of_leads: dict[str, list[ItemFact]] = {}
    for row in rows:
        of_leads.setdefault(row.item.lead.key, []).append(row)
    return (_line(missing, owed.get(key, 0)) for key, missing in of_leads.items())


def _owed(total: Total) -> int:
    return total.now.items - total.now.freshnesses[Freshness.NOT_OWED]


def _line(rows: Sequence[ItemFact], owed: int) -> BriefLine:
    weeks = max(weeks_between(silent_since(row.item, row.frame.as_of), row.frame.as_of) for row in rows)
    never = sum(row.item.freshness is Freshness.NEVER for row in rows)
    fact = f"{len(rows):,} of {counted(max(owed, len(rows)), 'report')} missing"
    if weeks:
        fact = f"{fact}, the longest for {counted(weeks, 'week')}"
    if never:
        fact = f"{fact}; {counted(never, 'item')} never reported on"
    long = any(Concern.SILENT in row.item.concerns for row in rows)
    return BriefLine(short_title(rows[0].item.lead.name), fact, Concern.SILENT if long else Concern.UNREPORTED)
