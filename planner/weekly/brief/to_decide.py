"""What needs a decision: help and later dates, endings to confirm, and ratings with which others disagree."""

from collections.abc import Iterable, Iterator

from planner.base.formats import percent
from planner.base.numbers import counted
from planner.dates.relative import age_words
from planner.domain.rules.figures import tenths
from planner.domain.rules.opinions import Difference
from planner.domain.rules.troubles import Trouble
from planner.domain.symbols import asked_words, words
from planner.domain.vocabulary import Concern, Schedule
from planner.queries.opinions.opinion_rows import OpinionRow
from planner.queries.weeks.open_requests import RequestKind
from planner.queries.weeks.request_words import later_date
from planner.weekly.brief.lines import item_line
from planner.weekly.brief.model import BriefLine
from planner.weekly.brief.shortening import short_name, short_quote
from planner.weekly.sections.decisions import Decision
from planner.weekly.sections.exceptions import ExceptionRow


def help_needed(rows: Iterable[Decision]) -> Iterator[BriefLine]:
    """Yield the items whose last report asks for help, the longest waiting first."""
    for row in rows:
        if row.request.kind is RequestKind.HELP:
            yield item_line(row.item, f"asked {_whom(row)}for help {_since(row)}{_answer_by(row)}", row.request.words)


def later_dates(rows: Iterable[Decision]) -> Iterator[BriefLine]:
    """Yield the items for which a later date is asked, the longest waiting first."""
    for row in rows:
        asked = row.request.extension
        if asked is not None:
            fact = f"{later_date(asked, row.item)}, {asked_words(asked.asked)}; asked {_since(row)}"
            yield item_line(row.item, fact, row.request.words)


def _whom(row: Decision) -> str:
    return f"{short_name(row.request.asked_of)} " if row.request.asked_of else ""


def _answer_by(row: Decision) -> str:
    """Return by when an answer is needed, and by how many days that is over."""
    by, late = row.request.answer_by, row.request.days_overdue(row.frame.as_of)
    if by is None:
        return ""
    return f"; answer needed by {by}" + (f", {counted(late, 'day')} overdue" if late else "")


def to_confirm(rows: Iterable[Decision]) -> Iterator[BriefLine]:
    """Yield the items whose reported ending nobody has confirmed, the longest waiting first."""
    for row in rows:
        if row.request.kind is RequestKind.CONFIRM:
            fact = f"reported as {words(row.item.phase)} {_since(row)}"
            yield item_line(row.item, fact, row.request.words, Concern.AWAITING)


def _since(row: Decision) -> str:
    return f"on {row.request.since}{age_words(row.request.since, row.frame.as_of)}"


def assessed_otherwise(rows: Iterable[OpinionRow]) -> Iterator[BriefLine]:
    """Yield the items whose assessment differs from the officer's rating."""
    for row in rows:
        assessment, reported = row.assessment, row.item.confidence
        if assessment is not None and reported is not None and Difference.OFFICER_ASSESSMENT in row.differ:
            assessed = f"assessed {assessment.rating} by {assessment.actor} on {assessment.as_of}"
            # A quote would stand beside the name of the lead, who did not say this.
            yield item_line(row.item, f"reported {reported}, {assessed}: {short_quote(assessment.reason)}")


def contradictions(rows: Iterable[ExceptionRow]) -> Iterator[BriefLine]:
    """Yield the items that are rated green although they are overdue or off track, the worst first."""
    for row in rows:
        if Trouble.CONTRADICTION in row.troubles:
            yield item_line(row.item, f"rated green, but {_how_late(row)}", None, Concern.CONTRADICTION)


def _how_late(row: ExceptionRow) -> str:
    item = row.item
    if item.schedule is Schedule.OVERDUE:
        return f"{counted(item.days_late, 'day')} overdue"
    return f"off track: {percent(tenths(item.actual or 0.0))} done, {percent(tenths(item.expected))} expected"
