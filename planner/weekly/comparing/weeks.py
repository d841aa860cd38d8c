"""Read the two weeks of a comparison in the requested state: as issued, as known now, or as known at an instant."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from planner.base.errors import BadValueError, NotAsIssuedError
from planner.base.language import later, tr, tr_later
from planner.dates.span import Span
from planner.dates.typed import read_instant, read_week
from planner.domain.rules.weeks import Week
from planner.queries.weeks.issues import IssueView, find_issue, read_issues
from planner.register.reading import Reading
from planner.tables.frame import Frame
from planner.weekly.comparing.plain_tables import Tables, issued_tables, tables_of
from planner.weekly.contents import fill_all
from planner.weekly.issuing.issued_bytes import stored_bytes
from planner.weekly.issuing.remaking import remake
from planner.weekly.reading import open_week

_ISSUED = re.compile(r"issued(?:-(\d{1,9}))?", re.ASCII)
_NOW = "now"


@dataclass(frozen=True)
class ComparedWeek:
    """One of the two weeks of a comparison.

    `how` describes the state in which the week was read. `known_at` is its known-at instant, and `tables` holds its
    sections.
    """

    week: Week
    how: str
    known_at: datetime
    tables: Tables


@dataclass(frozen=True)
class RequestedWeek:
    """A week to compare, as typed: `2020-W14`, or with a state such as `2020-W14@issued`.

    `how` is the part after the @, or an empty text. `where` names the argument in error messages.
    """

    week: Week
    how: str
    where: str

    @classmethod
    def parse(cls, text: str, today: date, where: str, span: Span) -> "RequestedWeek":
        """Parse the argument. Relative weeks count from `today`, and a week without a year is in `span`.

        Raises BadValueError if the text is not a week.
        """
        week, sign, how = text.strip().partition("@")
        if sign and not how:
            raise BadValueError(tr("'{text}' has nothing after the @", text=text), where=where, do=tr_later(_FORMS))
        return cls(read_week(week, today, where, span=span), how, where)


_FORMS = later(
    "Give a week, or a week with @issued, @issued-2, @now or @ and a time, such as 2020-W14@2020-04-06T09:00"
)


def read_compared_weeks(
    reading: Reading, first: str, second: str, *, now: datetime
) -> tuple[ComparedWeek, ComparedWeek]:
    """Read both weeks of a comparison.

    If an argument has no state, the week is read as last issued, or as known now if it was never issued. If both
    arguments are the same week without a state, the week as issued is compared with the week as known now.

    Raises BadValueError if an argument cannot be read, UnknownNameError if the week or issue number was not issued, and
    NotAsIssuedError if the issued facts are lost.
    """
    today = reading.plan.day_at(now)
    one = RequestedWeek.parse(first, today, "first week", reading.plan.span)
    other = RequestedWeek.parse(second, today, "second week", reading.plan.span)
    if one.week == other.week and not one.how and not other.how:
        return _as_issued(reading, one, None, now), _as_known(reading, other, now)
    return _read(reading, one, now), _read(reading, other, now)


def _read(reading: Reading, requested: RequestedWeek, now: datetime) -> ComparedWeek:
    issued = _ISSUED.fullmatch(requested.how)
    if issued or (not requested.how and read_issues(reading, requested.week)):
        number = int(issued[1]) if issued and issued[1] else None
        return _as_issued(reading, requested, number, now)
    if requested.how in ("", _NOW):
        return _as_known(reading, requested, now)
    try:
        instant = read_instant(requested.how, reading.plan.day_at(now), reading.plan.time_zone, requested.where)
    except BadValueError as error:
        raise BadValueError(
            tr("'{text}' does not name a version of a week", text=requested.how),
            where=requested.where,
            do=tr_later(_FORMS),
        ) from error
    return _as_known(reading.at(reading.as_of, instant), requested, now)


def _as_known(reading: Reading, requested: RequestedWeek, now: datetime) -> ComparedWeek:
    opened = open_week(reading, now=now, week=requested.week)
    local = opened.instance.known_at_local
    how = tr("as known now") if reading.known_at is None else tr("as known at {instant}", instant=local)
    return ComparedWeek(requested.week, how, opened.instance.known_at, tables_of(fill_all(opened)))


def _as_issued(reading: Reading, requested: RequestedWeek, number: int | None, now: datetime) -> ComparedWeek:
    issue = find_issue(reading, requested.week, number)
    at = reading.plan.second_at(issue.recorded_at)
    how = tr("as issued (number {number}, by {person}, {instant})", number=issue.number, person=issue.actor, instant=at)
    tables = tables_as_issued(reading, issue)
    if tables is None:
        made = remake(reading, issue, now=now)
        if made.found is None or not made.same_facts(issue):
            raise NotAsIssuedError(
                tr("the issued file is not stored any more, and text in it was redacted")
                if made.redacted
                else tr("the issued file is not stored any more, and the facts in the register have changed"),
                where=str(requested.week),
                do=tr("Run 'planner weekly reissue' for issue number {number} to see the reasons", number=issue.number),
            )
        tables = tables_of(made.found)
    return ComparedWeek(requested.week, how, issue.known_at, tables)


def tables_as_issued(reading: Reading, issue: IssueView) -> Tables | None:
    """Return the sections of the issued JSON file, or None if its original bytes are no longer available."""
    frame = Frame(issue.week, issue.as_of, reading.plan.simulated)
    for file in issue.files:
        if file.format == "json":
            stored = stored_bytes(reading.session, file)
            return None if stored.content is None else issued_tables(stored.content, issue.sections, frame)
    return None
