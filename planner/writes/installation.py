"""Writing the single `installation` row, which says whether a database is an office's register or a demonstration."""

from datetime import date

from planner import __version__
from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.domain.vocabulary import InstallationKind
from planner.store.journal import Journal
from planner.store.models import Installation


def mark_register(journal: Journal) -> bool:
    """Mark a new database as an office's register. Return False if it was marked as a register before.

    Raises NotAllowedError if the database is a demonstration.
    """
    return _mark(journal, InstallationKind.REGISTER, None)


def mark_demonstration(journal: Journal, today: date, made_from: str | None = None) -> None:
    """Mark a new database as a demonstration whose simulated current date is `today`.

    `made_from` describes the data the demonstration was made from; it is recorded in the audit log. Raises
    NotAllowedError if the database is a register.
    """
    _mark(journal, InstallationKind.DEMONSTRATION, today, made_from)


def _mark(journal: Journal, kind: InstallationKind, today: date | None, made_from: str | None = None) -> bool:
    existing = journal.session.get(Installation, 1)
    if existing is None:
        row = Installation(
            id=1,
            kind=kind,
            simulated_today=today,
            created_at=journal.at,
            created_by=journal.actor.name,
            program_version=__version__,
        )
        journal.add(row, action="create", label=kind.value, reason=made_from)
        return True
    if existing.kind != kind:
        raise NotAllowedError(
            tr("this database holds a {kind}, not a {other}", kind=existing.kind, other=kind.value),
            where="database",
            do=tr("Give the address of another database"),
        )
    return False
