"""Issuing a week: what its file was, and the bytes of every file, recorded for good."""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from planner.errors import NotAllowedError
from planner.journal import Actor, Journal, writing
from planner.json_form import plain
from planner.models import IssuedContent, IssuedFile, WeeklyIssue
from planner.queries.issues import (
    IssuedFileView,
    IssueView,
    LogPosition,
    SectionFacts,
    issue_view,
    read_issues,
    recorded_behind,
)
from planner.queries.plans import PlanView
from planner.rules.permissions import Deed
from planner.rules.weeks import Week
from planner.texts import clean
from planner.writes.permission import require


@dataclass(frozen=True)
class NewFile:
    """A file to be issued, with its bytes."""

    name: str
    format: str
    content: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class NewIssue:
    """A week to be issued: what its files know and say, what made them, and the files."""

    week: Week
    as_of: date
    known_at: datetime
    position: LogPosition
    facts_digest: str
    sections: tuple[SectionFacts, ...]
    program_version: str
    libraries: Mapping[str, str]
    files: tuple[NewFile, ...]


def issue_week(
    session: Session, actor: Actor, plan: PlanView, new: NewIssue, *, reason: str | None = None, at: datetime
) -> IssueView:
    """Record a week as issued, with the bytes of its files.

    `reason` is needed where the week was issued before; it then becomes the next number. Raises NotAllowedError for
    that, for who may not issue, and where meanwhile something was recorded that the files claim to know.
    """
    # Later than all that the files know, also where this machine's clock stands behind another's.
    instant = max(at, new.known_at + timedelta(microseconds=1))
    why = clean(reason, "reason")
    with writing(session, actor, instant) as journal:
        require(session, actor, Deed.ISSUE_WEEK)
        number = next_number(session, plan, new.week, why)
        _require_all_known(session, new)
        issue = _add_issue(journal, plan, new, number, why)
        for file in new.files:
            _add_file(journal, issue, file)
        return issue_view(issue, [IssuedFileView(f.name, f.format, f.digest, len(f.content)) for f in new.files])


def next_number(session: Session, plan: PlanView, week: Week, reason: str | None) -> int:
    """The number that a week has when it is issued now. Raises NotAllowedError for a second time without a reason."""
    issued = read_issues(session, plan, week)
    if not issued:
        return 1
    last = issued[-1]
    if reason is None:
        raise NotAllowedError(
            f"{week} was issued already (number {last.number}, by {last.actor}, {last.recorded_at:%Y-%m-%dT%H:%M:%SZ})",
            where="reason",
            do=f"Say why it is issued again; it becomes number {last.number + 1}",
        )
    return last.number + 1


def _require_all_known(session: Session, new: NewIssue) -> None:
    """Raise where a machine whose clock stands behind wrote while the files were made: they would never be the same."""
    if recorded_behind(session, new.position, new.known_at):
        raise NotAllowedError(
            "while the files were made, something was recorded as earlier than the instant of their knowledge",
            where=str(new.week),
            do="Run it again; and have the clocks of the machines that write here set",
        )


def _add_issue(journal: Journal, plan: PlanView, new: NewIssue, number: int, reason: str | None) -> WeeklyIssue:
    sections: list[dict[str, Any]] = plain(new.sections)
    issue = journal.add(
        WeeklyIssue(
            plan_id=plan.id,
            week=str(new.week),
            number=number,
            as_of=new.as_of,
            known_at=new.known_at,
            log_seq=new.position.seq,
            log_leaf=new.position.leaf,
            facts_digest=new.facts_digest,
            sections=sections,
            reason=reason,
            program_version=new.program_version,
            libraries=dict(new.libraries),
            actor=journal.actor.name,
            recorded_at=journal.at,
        ),
        action="issue",
        label=f"{new.week} number {number}",
        reason=reason,
    )
    journal.session.flush()
    return issue


def _add_file(journal: Journal, issue: WeeklyIssue, file: NewFile) -> None:
    _keep(journal.session, file)
    journal.add(
        IssuedFile(issue_id=issue.id, name=file.name, format=file.format, digest=file.digest, size=len(file.content)),
        action="issue",
        label=file.name,
    )


def _keep(session: Session, file: NewFile) -> None:
    """Keep the bytes, unless the same are kept already. The event of the file names their digest."""
    kept = select(IssuedContent.id).where(IssuedContent.digest == file.digest)
    if session.execute(kept).first() is None:
        values = {"digest": file.digest, "deflated": zlib.compress(file.content)}
        session.execute(insert(IssuedContent), [values])
