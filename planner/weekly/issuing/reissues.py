"""Reproduce an issued week: return its files as issued, and check whether the register still gives the same facts."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from planner.base.errors import PlannerError
from planner.base.language import tr
from planner.queries.history.redactions import RedactionView, redactions_after
from planner.queries.weeks.issue_events import LoggedIssue, read_logged
from planner.queries.weeks.issues import IssuedFileView, IssueView
from planner.register.reading import Reading
from planner.tables.csv_form import STYLES, CsvStyle
from planner.weekly.comparing.comparisons import Change, compare_tables
from planner.weekly.comparing.plain_tables import tables_of
from planner.weekly.comparing.weeks import tables_as_issued
from planner.weekly.contents import WeeklyFile
from planner.weekly.formats import Format, files_of
from planner.weekly.issuing.issued_bytes import stored_bytes
from planner.weekly.issuing.preparing import CHECKPOINT
from planner.weekly.issuing.remaking import Remade, VersionChange, remake, version_changes


class FileOrigin(StrEnum):
    """How the bytes of an issued file were obtained, or why they were not."""

    KEPT = "kept"
    MADE_AGAIN = "made_again"
    REDACTED = "redacted"
    LOST = "lost"


@dataclass(frozen=True)
class ReissuedFile:
    """A file of an issued week, with its original bytes if they could be reproduced.

    Otherwise `content` is None. `why` explains why the file could not be reproduced or had to be made again.
    """

    name: str
    format: str
    digest: str
    size: int
    origin: FileOrigin
    content: bytes | None
    why: str | None


@dataclass(frozen=True)
class Reissue:
    """The result of reproducing an issued week.

    `contradictions` describe where the tables disagree with the audit log. `versions` lists the software whose version
    has changed since the issue. `facts_trouble` explains why the facts could not be computed again, or is None.
    `changes` lists the differences from the issued JSON file, if its bytes are still kept. `differing` names the
    sections whose facts differ. `redacted` names the differing sections with text removed by one of the `redactions`.
    """

    issue: IssueView
    files: tuple[ReissuedFile, ...]
    same_facts: bool
    differing: tuple[str, ...]
    redacted: tuple[str, ...]
    redactions: tuple[RedactionView, ...]
    unknown: tuple[str, ...]
    facts_trouble: str | None
    changes: tuple[Change, ...]
    contradictions: tuple[str, ...]
    versions: tuple[VersionChange, ...]

    @property
    def lost(self) -> tuple[ReissuedFile, ...]:
        """The files that could not be reproduced as they were issued."""
        return tuple(file for file in self.files if file.content is None)

    @property
    def given(self) -> Mapping[str, bytes]:
        """The bytes of the files that could be reproduced, by file name."""
        return {file.name: file.content for file in self.files if file.content is not None}


def reissue(reading: Reading, issue: IssueView, *, now: datetime) -> Reissue:
    """Reproduce an issued week and list every disagreement with the issue.

    Files are checked against the digests in the audit log. A file whose stored bytes have the right digest is returned
    as it is. Any other file is made again, and returned if the result has the right digest.
    """
    logged = read_logged(reading.session, issue)
    made = remake(reading, issue, now=now)
    versions = version_changes(issue)
    redactions = redactions_after(reading.session, issue.position.seq) if made.redacted else ()
    why = _why_different(made, versions, redactions, made.same_facts(issue))
    return Reissue(
        issue=issue,
        files=tuple(_reproduced(reading.session, file, made.found, why) for file in _issued_files(issue, logged)),
        same_facts=made.same_facts(issue),
        differing=made.differing,
        redacted=made.redacted if redactions else (),
        redactions=redactions,
        unknown=made.unknown,
        facts_trouble=made.trouble,
        changes=_changes(reading, issue, made),
        contradictions=logged.contradictions,
        versions=versions,
    )


def _changes(reading: Reading, issue: IssueView, made: Remade) -> tuple[Change, ...]:
    """List the differences between the issued facts and the current ones, row by row."""
    issued = tables_as_issued(reading, issue) if made.differing and made.found else None
    return compare_tables(issued, tables_of(made.found)).changes if issued and made.found else ()


def _issued_files(issue: IssueView, logged: LoggedIssue) -> Sequence[IssuedFileView]:
    """Return the files that the audit log names.

    If the log names no files, return the files that the tables name. `reissue` reports this contradiction.
    """
    return logged.files or issue.files


def _reproduced(session: Session, file: IssuedFileView, found: WeeklyFile | None, why: str) -> ReissuedFile:
    stored = stored_bytes(session, file)
    # docs/decisions/0072: a newer library may write the same facts in other bytes.
    if stored.content is not None:
        return _reissued(file, FileOrigin.KEPT, stored.content, None)
    if file.format == CHECKPOINT:
        outcome = tr("The file cannot be generated again, because the register does not contain the signing key.")
        return _reissued(file, FileOrigin.LOST, None, f"{stored.trouble} {outcome}")
    try:
        content = None if found is None else _made_again(found, file)
    except PlannerError as error:
        outcome = tr("The file cannot be generated again: {reason}", reason=error.message)
        return _reissued(file, FileOrigin.LOST, None, f"{stored.trouble} {outcome}")
    if content is not None and hashlib.sha256(content).hexdigest() == file.digest:
        outcome = tr("The file was generated again and is identical to the issued file.")
        return _reissued(file, FileOrigin.MADE_AGAIN, content, f"{stored.trouble} {outcome}")
    outcome = (
        tr("The file cannot be generated again.")
        if content is None
        else tr("The file was generated again, but differs from the issued file.")
    )
    origin = FileOrigin.REDACTED if stored.redacted else FileOrigin.LOST
    return _reissued(file, origin, None, f"{stored.trouble} {outcome} {why}")


def _reissued(file: IssuedFileView, origin: FileOrigin, content: bytes | None, why: str | None) -> ReissuedFile:
    return ReissuedFile(file.name, file.format, file.digest, file.size, origin, content, why)


def _made_again(found: WeeklyFile, file: IssuedFileView) -> bytes | None:
    """Make an issued file again. Return None if this program makes no file with its name."""
    if file.format not in list(Format):
        return None
    form = Format(file.format)
    # The digest alone tells in which style the week was issued.
    first, *others = _contents(found, form, file.name, STYLES if form is Format.CSV else STYLES[:1])
    digests = ((content, hashlib.sha256(content).hexdigest()) for content in (first, *others) if content is not None)
    return next((content for content, digest in digests if digest == file.digest), first)


def _contents(found: WeeklyFile, form: Format, name: str, styles: Sequence[CsvStyle]) -> Iterator[bytes | None]:
    """Yield the bytes of the file with this name in each style, or None if this program makes no such file."""
    for style in styles:
        made = (file for file in files_of(found, form, style) if file.name == name)
        yield next((b"".join(file.content) for file in made), None)


def _why_different(
    made: Remade, versions: Sequence[VersionChange], redactions: Sequence[RedactionView], same_facts: bool
) -> str:
    """Explain as exactly as possible why a generated file may differ from the issued one."""
    listed = ", ".join(str(change) for change in versions)
    if made.trouble is not None:
        return made.trouble
    if made.unknown:
        names = ", ".join(made.unknown)
        return (
            tr(
                "The issued file has parts that this version of the program no longer writes: {names}. "
                "Versions: {versions}.",
                names=names,
                versions=listed,
            )
            if listed
            else tr(
                "The issued file has parts that this version of the program no longer writes: {names}. "
                "Its version number is the same as when the file was issued.",
                names=names,
            )
        )
    if made.differing:
        return " ".join(_reasons(made, listed, redactions))
    if not same_facts:
        return f"{tr('The day or the plan of the week has changed.')} {_blame(listed)}"
    if listed:
        return tr(
            "The facts are the same, but versions of the software that writes the file have changed: {versions}.",
            versions=listed,
        )
    return tr(
        "The facts are the same, and so are the version numbers of the program and its libraries. Somebody must "
        "have changed the code without changing the version number."
    )


def _reasons(made: Remade, versions: str, redactions: Sequence[RedactionView]) -> Iterator[str]:
    redacted = made.redacted if redactions else ()
    if redacted:
        yield redaction_note(redacted, redactions)
    others = [name for name in made.differing if name not in redacted]
    if others:
        yield tr("The facts in these sections have changed: {sections}.", sections=", ".join(others))
        yield _blame(versions)


def redaction_note(sections: Sequence[str], redactions: Sequence[RedactionView]) -> str:
    """Say that text of some sections was redacted, and that their digests cannot show other differences."""
    return tr(
        "After the week was issued, text was redacted ({redactions}) in these sections: {sections}. The "
        "digests of these sections cannot show whether anything else has changed.",
        redactions=", ".join(one.in_words for one in redactions),
        sections=", ".join(sections),
    )


def _blame(versions: str) -> str:
    """Return a sentence that explains how facts of an issued week can have changed.

    This version of the program only adds facts. So either somebody changed the database without the program, or a newer
    version of the program computes the facts differently.
    """
    if versions:
        return tr(
            "Either somebody changed the register outside the program, or another version of the program "
            "computes the facts by different rules. The versions are {versions}.",
            versions=versions,
        )
    return tr(
        "The version numbers of the program and its libraries are the same, so somebody must have changed the "
        "register outside the program."
    )
