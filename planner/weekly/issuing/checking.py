"""Check whether a file that somebody holds was issued. The file is recognised by its bytes, not by its name."""

import errno
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from planner.base.files import open_plain, unreadable
from planner.base.language import tr
from planner.domain.rules.weeks import Week
from planner.queries.weeks.issue_events import read_logged
from planner.queries.weeks.issues import IssueView, read_issues, read_issues_of_bytes
from planner.register.reading import Reading

_PIECE = 1 << 20

# No issued file is this large. A file that exceeds it may be growing while it is read, so reading stops.
LARGEST_ISSUED = 1 << 32


@dataclass(frozen=True)
class IssuedAs:
    """One issue of a file: the file's name, the week, the number of the issue, who issued it and when."""

    name: str
    week: Week
    number: int
    actor: str
    recorded_at: datetime


@dataclass(frozen=True)
class Checked:
    """The result of checking a file.

    `issued` lists the issues that contain exactly these bytes; it is empty if the file was never issued. `namesakes`
    lists issued files that have the same name but other bytes.
    """

    file: str
    digest: str
    issued: tuple[IssuedAs, ...]
    namesakes: tuple[IssuedAs, ...]


def check_file(reading: Reading, path: Path) -> Checked:
    """Look up a file among all issued files.

    An issue counts only if its record agrees with the audit log. Raises FileTroubleError if the file cannot be read.
    """
    digest = _digest(path)
    having = [(issue, file.name) for issue, file in read_issues_of_bytes(reading, digest)]
    issued = [(issue, name) for issue, name in having if (name, digest) in _logged_files(reading.session, issue)]
    namesakes = [
        (issue, file.name)
        for issue in read_issues(reading)
        for file in issue.files
        if file.name == path.name and file.digest != digest
    ]
    return Checked(
        str(path), digest, tuple(_issue_of(*one) for one in issued), tuple(_issue_of(*one) for one in namesakes)
    )


def _logged_files(session: Session, issue: IssueView) -> set[tuple[str, str]]:
    return {(file.name, file.digest) for file in read_logged(session, issue).files}


def _issue_of(issue: IssueView, name: str) -> IssuedAs:
    return IssuedAs(name, issue.week, issue.number, issue.actor, issue.recorded_at)


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes. The file is read in pieces to save memory."""
    found = hashlib.sha256()
    try:
        with open_plain(path) as file:
            while piece := file.read(_PIECE):
                found.update(piece)
                if file.tell() > LARGEST_ISSUED:
                    raise OSError(
                        errno.EFBIG, tr("the file is larger than {most} bytes", most=f"{LARGEST_ISSUED:,}"), str(path)
                    )
    except OSError as error:
        raise unreadable(path, error) from error
    return found.hexdigest()
