"""Whether a file that somebody holds is one that was issued: by its bytes, not by its name."""

import errno
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from planner.files import open_plain, unreadable
from planner.queries.issue_log import read_logged
from planner.queries.issues import IssueView, read_issues, read_issues_of_bytes
from planner.queries.plans import PlanView
from planner.rules.weeks import Week

_PIECE = 1 << 20

# No file of a week is as large as this; one that is goes on growing while it is read.
LARGEST_ISSUED = 1 << 32


@dataclass(frozen=True)
class IssuedAs:
    """A file that was issued: under which name, in which week, under which number, by whom, when."""

    name: str
    week: Week
    number: int
    actor: str
    recorded_at: datetime


@dataclass(frozen=True)
class Checked:
    """A file of somebody's: as what it was issued, which is nothing where its bytes were not.

    `namesakes` are issued files of its name that hold other bytes.
    """

    file: str
    digest: str
    issued: tuple[IssuedAs, ...]
    namesakes: tuple[IssuedAs, ...]


def check_file(session: Session, plan: PlanView, path: Path) -> Checked:
    """Look a file up among all that were issued. Only an issue that goes with the audit log counts.

    Raises FileTroubleError for a file that cannot be read.
    """
    digest = _digest(path)
    having = [(issue, file.name) for issue, file in read_issues_of_bytes(session, plan, digest)]
    issued = [(issue, name) for issue, name in having if (name, digest) in _logged(session, issue)]
    namesakes = [
        (issue, file.name)
        for issue in read_issues(session, plan)
        for file in issue.files
        if file.name == path.name and file.digest != digest
    ]
    return Checked(str(path), digest, tuple(_as(*one) for one in issued), tuple(_as(*one) for one in namesakes))


def _logged(session: Session, issue: IssueView) -> set[tuple[str, str]]:
    return {(file.name, file.digest) for file in read_logged(session, issue).files}


def _as(issue: IssueView, name: str) -> IssuedAs:
    return IssuedAs(name, issue.week, issue.number, issue.actor, issue.recorded_at)


def _digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, read in pieces."""
    found = hashlib.sha256()
    try:
        with open_plain(path) as file:
            while piece := file.read(_PIECE):
                found.update(piece)
                if file.tell() > LARGEST_ISSUED:
                    raise OSError(errno.EFBIG, f"it is larger than {LARGEST_ISSUED:,} bytes", str(path))
    except OSError as error:
        raise unreadable(path, error) from error
    return found.hexdigest()
