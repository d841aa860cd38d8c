"""Weeks as they were issued: which there are, what each was made of, and the bytes that were kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.errors import UnknownNameError, unknown_name
from planner.models import AuditEvent, IssuedContent, IssuedFile, WeeklyIssue
from planner.queries.instants import known_by
from planner.queries.plans import PlanView
from planner.rules.weeks import Week


@dataclass(frozen=True)
class LogPosition:
    """A place in the audit log: the number of an event, and its leaf in hexadecimal."""

    seq: int
    leaf: str


@dataclass(frozen=True)
class SectionFacts:
    """What a section of a file said, without its words: its key, its columns, how many rows, the digest of them."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int
    digest: str


@dataclass(frozen=True)
class IssuedFileView:
    """A file of an issued week: `digest` is the SHA-256 of its bytes, `size` how many they are."""

    name: str
    format: str
    digest: str
    size: int


@dataclass(frozen=True)
class IssueView:
    """A week as it was issued. `position` is the last event of the audit log that the files could know."""

    id: int
    week: Week
    number: int
    as_of: date
    known_at: datetime
    position: LogPosition
    facts_digest: str
    sections: tuple[SectionFacts, ...]
    reason: str | None
    program_version: str
    libraries: Mapping[str, str]
    actor: str
    recorded_at: datetime
    files: tuple[IssuedFileView, ...]

    @property
    def label(self) -> str:
        """What people call it."""
        return f"{self.week} number {self.number}"


def read_issues(session: Session, plan: PlanView, week: Week | None = None) -> tuple[IssueView, ...]:
    """What was issued of a plan, or of one of its weeks; by week and number, oldest first."""
    wanted = select(WeeklyIssue).where(WeeklyIssue.plan_id == plan.id).order_by(WeeklyIssue.week, WeeklyIssue.number)
    if week is not None:
        wanted = wanted.where(WeeklyIssue.week == str(week))
    rows = session.execute(wanted).scalars().all()
    files = _files(session, [row.id for row in rows])
    return tuple(issue_view(row, files.get(row.id, ())) for row in rows)


def require_issued(session: Session, plan: PlanView, week: Week) -> None:
    """Raise UnknownNameError for a week that was never issued."""
    every = select(WeeklyIssue.week).where(WeeklyIssue.plan_id == plan.id).order_by(WeeklyIssue.week).distinct()
    issued = list(session.execute(every).scalars())
    if str(week) not in issued:
        none = "No week was issued yet; 'planner weekly issue' issues one"
        raise unknown_name(f"{week} was not issued", "issued weeks", issued, where="week", none=none)


def find_issue(session: Session, plan: PlanView, week: Week, number: int | None = None) -> IssueView:
    """A week as issued: under a number, or as it was issued last. Raises UnknownNameError where it was not."""
    require_issued(session, plan, week)
    issued = read_issues(session, plan, week)
    for issue in issued:
        if number is None or issue.number == number:
            return issued[-1] if number is None else issue
    raise UnknownNameError(
        f"{week} was issued {_times(len(issued))}, and has no number {number}",
        where="number",
        do="See 'planner weekly issues'",
    )


def read_issues_of_bytes(session: Session, plan: PlanView, digest: str) -> tuple[tuple[IssueView, IssuedFileView], ...]:
    """The issued files that have these bytes, each with its issue: the same bytes may have been issued twice."""
    wanted = select(IssuedFile.issue_id).where(IssuedFile.digest == digest)
    having = set(session.execute(wanted).scalars())
    issues = [issue for issue in read_issues(session, plan) if issue.id in having]
    return tuple((issue, file) for issue in issues for file in issue.files if file.digest == digest)


def read_deflated(session: Session, digest: str) -> bytes | None:
    """The bytes kept under a digest, as they are kept: deflated, and not yet looked at. None where there are none."""
    return session.execute(select(IssuedContent.deflated).where(IssuedContent.digest == digest)).scalar_one_or_none()


def read_position(session: Session) -> LogPosition:
    """The last event of the log that this session sees."""
    newest = select(AuditEvent.seq, AuditEvent.leaf).order_by(AuditEvent.seq.desc()).limit(1)
    seq, leaf = session.execute(newest).one()
    return LogPosition(seq, leaf.hex())


def recorded_behind(session: Session, position: LogPosition, known_at: datetime) -> int:
    """How many events follow a position in the log, and yet bear instants up to the one given."""
    late = select(func.count()).where(AuditEvent.seq > position.seq, known_by(AuditEvent.recorded_at, known_at))
    return session.execute(late).scalar_one()


def _files(session: Session, issues: Sequence[int]) -> Mapping[int, tuple[IssuedFileView, ...]]:
    rows = session.execute(select(IssuedFile).where(IssuedFile.issue_id.in_(issues)).order_by(IssuedFile.id)).scalars()
    by_issue = sorted(rows, key=lambda row: row.issue_id)
    return {issue: tuple(map(_file_view, of_it)) for issue, of_it in groupby(by_issue, key=lambda row: row.issue_id)}


def _file_view(row: IssuedFile) -> IssuedFileView:
    return IssuedFileView(row.name, row.format, row.digest, row.size)


def issue_view(row: WeeklyIssue, files: Iterable[IssuedFileView]) -> IssueView:
    """An issue's row and its files as a view."""
    return IssueView(
        id=row.id,
        week=Week.parse(row.week),
        number=row.number,
        as_of=row.as_of,
        known_at=row.known_at,
        position=LogPosition(row.log_seq, row.log_leaf),
        facts_digest=row.facts_digest,
        sections=tuple(_section_facts(section) for section in row.sections),
        reason=row.reason,
        program_version=row.program_version,
        libraries=row.libraries,
        actor=row.actor,
        recorded_at=row.recorded_at,
        files=tuple(files),
    )


def _section_facts(section: Mapping[str, Any]) -> SectionFacts:
    return SectionFacts(
        section["name"], tuple(section["key"]), tuple(section["columns"]), section["rows"], section["digest"]
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
