"""Issued weeks: a list of them, the facts and log position that each was made from, and the stored bytes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.errors import UnknownNameError, unknown_name
from planner.base.language import later, tr, tr_count
from planner.domain.rules.weeks import Week
from planner.register.instants import known_by
from planner.register.reading import Reading
from planner.store.models import AuditEvent, IssuedContent, IssuedFile, WeeklyIssue


@dataclass(frozen=True)
class LogPosition:
    """A position in the audit log: the sequence number of an event, and its leaf in hexadecimal."""

    seq: int
    leaf: str


@dataclass(frozen=True)
class SectionFacts:
    """The facts of a section of a file: its key columns, columns, number of rows, and the digest of the rows."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int
    digest: str


@dataclass(frozen=True)
class IssuedFileView:
    """A file of an issued week. `digest` is the SHA-256 of its bytes, and `size` is the number of bytes."""

    name: str
    format: str
    digest: str
    size: int


@dataclass(frozen=True)
class IssueView:
    """An issued week. `position` is the last event of the audit log that the files include."""

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
        """The display name of the issue."""
        return f"{self.week} number {self.number}"


def read_issues(reading: Reading, week: Week | None = None) -> tuple[IssueView, ...]:
    """Return the issues of a plan, or of one of its weeks, ordered by week and number."""
    wanted = (
        select(WeeklyIssue).where(WeeklyIssue.plan_id == reading.plan.id).order_by(WeeklyIssue.week, WeeklyIssue.number)
    )
    if week is not None:
        wanted = wanted.where(WeeklyIssue.week == str(week))
    rows = reading.session.execute(wanted).scalars().all()
    files = _files(reading.session, [row.id for row in rows])
    return tuple(issue_view(row, files.get(row.id, ())) for row in rows)


def require_issued(reading: Reading, week: Week) -> None:
    """Raise UnknownNameError if a week was never issued."""
    every = select(WeeklyIssue.week).where(WeeklyIssue.plan_id == reading.plan.id).order_by(WeeklyIssue.week).distinct()
    issued = list(reading.session.execute(every).scalars())
    if str(week) not in issued:
        none = tr("No week has been issued yet; issue one with 'planner weekly issue'")
        raise unknown_name(
            tr("{week} was not issued", week=week), later("issued weeks"), issued, where="week", none=none
        )


def find_issue(reading: Reading, week: Week, number: int | None = None) -> IssueView:
    """Return the issue of a week with this number, or the latest one. Raises UnknownNameError if there is none."""
    require_issued(reading, week)
    issued = read_issues(reading, week)
    for issue in issued:
        if number is None or issue.number == number:
            return issued[-1] if number is None else issue
    raise UnknownNameError(
        tr_count(
            "{week} was issued once and has no issue number {number}",
            "{week} was issued {count} times and has no issue number {number}",
            len(issued),
            week=week,
            number=number,
        ),
        where="number",
        do=tr("See 'planner weekly issues'"),
    )


def read_issues_of_bytes(reading: Reading, digest: str) -> tuple[tuple[IssueView, IssuedFileView], ...]:
    """Return the issued files with this digest, each with its issue. The same bytes may have been issued twice."""
    wanted = select(IssuedFile.issue_id).where(IssuedFile.digest == digest)
    having = set(reading.session.execute(wanted).scalars())
    issues = [issue for issue in read_issues(reading) if issue.id in having]
    return tuple((issue, file) for issue in issues for file in issue.files if file.digest == digest)


def read_deflated(session: Session, digest: str) -> bytes | None:
    """Return the stored, compressed bytes with this digest, unchecked. None if no bytes are stored."""
    return session.execute(select(IssuedContent.deflated).where(IssuedContent.digest == digest)).scalar_one_or_none()


def read_position(session: Session) -> LogPosition:
    """Return the position of the last event of the log that this session sees."""
    newest = select(AuditEvent.seq, AuditEvent.leaf).order_by(AuditEvent.seq.desc()).limit(1)
    seq, leaf = session.execute(newest).one()
    return LogPosition(seq, leaf.hex())


def count_late_events(session: Session, position: LogPosition, known_at: datetime) -> int:
    """Count the events after a log position that were recorded up to the instant `known_at`."""
    late = select(func.count()).where(AuditEvent.seq > position.seq, known_by(AuditEvent.recorded_at, known_at))
    return session.execute(late).scalar_one()


def _files(session: Session, issues: Sequence[int]) -> Mapping[int, tuple[IssuedFileView, ...]]:
    rows = session.execute(select(IssuedFile).where(IssuedFile.issue_id.in_(issues)).order_by(IssuedFile.id)).scalars()
    by_issue = sorted(rows, key=lambda row: row.issue_id)
    return {issue: tuple(map(_file_view, of_it)) for issue, of_it in groupby(by_issue, key=lambda row: row.issue_id)}


def _file_view(row: IssuedFile) -> IssuedFileView:
    return IssuedFileView(row.name, row.format, row.digest, row.size)


def issue_view(row: WeeklyIssue, files: Iterable[IssuedFileView]) -> IssueView:
    """Return the view of an issue's row and its files."""
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
