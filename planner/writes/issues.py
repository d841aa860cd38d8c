"""Issuing a weekly file: permanently recording its data and the bytes of the file in each format."""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean
from planner.domain.rules.permissions import Permission
from planner.domain.rules.weeks import Week
from planner.queries.weeks.issues import (
    IssuedFileView,
    IssueView,
    LogPosition,
    SectionFacts,
    count_late_events,
    issue_view,
    read_issues,
)
from planner.register.plan_view import PlanView
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import IssuedContent, IssuedFile, WeeklyIssue
from planner.tables.json_form import json_value
from planner.writes.permission import require


@dataclass(frozen=True)
class NewFile:
    """A file to be issued, with its bytes."""

    name: str
    format: str
    content: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of the file's content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class NewIssue:
    """A weekly file that is about to be issued.

    Holds the state of the register shown in the files, the sections of the files, the versions of the program and its
    libraries, and the files themselves.
    """

    week: Week
    as_of: date
    known_at: datetime
    position: LogPosition
    facts_digest: str
    sections: tuple[SectionFacts, ...]
    program_version: str
    libraries: Mapping[str, str]
    files: tuple[NewFile, ...]


def issue_week(writing: Writing, new: NewIssue, *, reason: str | None = None) -> IssueView:
    """Record a week as issued, with the bytes of its files.

    A week that was issued before needs a `reason` and gets the next issue number. Raises NotAllowedError if the reason
    is missing, if the actor may not issue a week, or if a record that belongs in the files was written too late to be
    included.
    """
    # The write must be later than everything in the files, even if this computer's clock is behind another one's.
    later = replace(writing, at=max(writing.at, new.known_at + timedelta(microseconds=1)))
    why = clean(reason, "reason")
    with later.journal() as journal:
        require(writing.session, writing.actor, Permission.ISSUE_WEEK)
        number = next_number(writing.reading(), new.week, why)
        # docs/decisions/0074: the files were made before this write began.
        _require_nothing_missed(writing.session, new)
        issue = _add_issue(journal, writing.plan, new, number, why)
        for file in new.files:
            _add_file(journal, issue, file)
        return issue_view(issue, [IssuedFileView(f.name, f.format, f.digest, len(f.content)) for f in new.files])


def next_number(reading: Reading, week: Week, reason: str | None) -> int:
    """Return the issue number that a week would get now.

    Raises NotAllowedError if the week was issued before and no reason is given.
    """
    issued = read_issues(reading, week)
    if not issued:
        return 1
    last = issued[-1]
    if reason is None:
        raise NotAllowedError(
            tr(
                "{week} was issued already (number {number}, by {actor}, {instant})",
                week=week,
                number=last.number,
                actor=last.actor,
                instant=reading.plan.second_at(last.recorded_at),
            ),
            where="reason",
            do=tr("To issue it again as number {number}, give a reason", number=last.number + 1),
        )
    return last.number + 1


def _require_nothing_missed(session: Session, new: NewIssue) -> None:
    """Raise NotAllowedError if a computer with a slow clock wrote while the files were made.

    The files could not be reproduced later, because that write has an earlier time than the files and would then be
    included.
    """
    if count_late_events(session, new.position, new.known_at):
        raise NotAllowedError(
            tr(
                "while the files were made, somebody wrote to the register with a time before the files' known-at "
                "instant, so the files could not be made again later"
            ),
            where=str(new.week),
            do=tr("Issue the week again, and check the clocks of the computers that write to this register"),
        )


def _add_issue(journal: Journal, plan: PlanView, new: NewIssue, number: int, reason: str | None) -> WeeklyIssue:
    sections: list[dict[str, Any]] = json_value(new.sections)
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
        ),
        action="issue",
        label=f"{new.week} number {number}",
        reason=reason,
    )
    journal.session.flush()
    return issue


def _add_file(journal: Journal, issue: WeeklyIssue, file: NewFile) -> None:
    _store_content(journal.session, file)
    journal.add(
        IssuedFile(issue_id=issue.id, name=file.name, format=file.format, digest=file.digest, size=len(file.content)),
        action="issue",
        label=file.name,
    )


def _store_content(session: Session, file: NewFile) -> None:
    """Store the bytes of a file, unless the same bytes are already stored.

    The file's audit event holds their digest.
    """
    stored = select(IssuedContent.id).where(IssuedContent.digest == file.digest)
    if session.execute(stored).first() is None:
        values = {"digest": file.digest, "deflated": zlib.compress(file.content)}
        session.execute(insert(IssuedContent), [values])
