"""What database this is: the one row that says whether it is an office's register or a demonstration."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from planner import __version__
from planner.errors import NotAllowedError
from planner.journal import Actor, writing
from planner.models import Installation
from planner.vocabulary import InstallationKind


def register(session: Session, actor: Actor, at: datetime) -> None:
    """Mark a new database as an office's register. One that is a register already stays as it is."""
    _mark(session, actor, at, InstallationKind.REGISTER, None)


def demonstration(session: Session, actor: Actor, at: datetime, today: date) -> None:
    """Mark a new database as a demonstration that lives on a day."""
    _mark(session, actor, at, InstallationKind.DEMONSTRATION, today)


def _mark(session: Session, actor: Actor, at: datetime, kind: InstallationKind, today: date | None) -> None:
    standing = session.get(Installation, 1)
    if standing is not None:
        if standing.kind != kind:
            raise NotAllowedError(
                f"this database is a {standing.kind}, not a {kind.value}", where="--db", do="Give another address"
            )
        return
    with writing(session, actor, at) as journal:
        journal.add(
            Installation(
                id=1,
                kind=kind.value,
                simulated_today=today,
                created_at=journal.at,
                created_by=actor.name,
                program_version=__version__,
            ),
            action="create",
            label=kind.value,
        )
