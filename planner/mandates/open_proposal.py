"""Opens a write on a proposed mandate version, and changes its rows with their events."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import ProposalState
from planner.queries.mandates.proposals import ProposalView, read_proposal
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Base
from planner.writes.permission import require

ACTION = "review-draft"

_Row = TypeVar("_Row", bound=Base)


@dataclass(frozen=True)
class OpenProposal:
    """A proposed mandate version within an open write. `view` is its state when the write began."""

    journal: Journal
    view: ProposalView

    def row(self, model: type[_Row], row_id: int) -> _Row:
        """Return a row of the proposed version by its id, so that it can be changed."""
        return self.journal.session.get_one(model, row_id)

    def change(
        self, row: Base, values: Mapping[str, Any], name: str, reason: str | None, *, action: str = ACTION
    ) -> None:
        """Change a row. `name` is the name of the row within the proposed version."""
        self.journal.change(row, values, action=action, label=f"{self.view.key}:{name}", reason=reason)

    def now(self) -> ProposalView:
        """Return the proposed mandate version with all changes of this write."""
        self.journal.session.flush()
        return read_proposal(self.journal.session, self.view.key)


@contextmanager
def open_proposal(writing: Writing, key: str) -> Iterator[OpenProposal]:
    """Open a write on a proposed mandate version.

    Raises UnknownNameError if no version has this key, and NotAllowedError if it was adopted or dropped.
    """
    with writing.journal(of_plan=False) as journal:
        require(writing.session, writing.actor, Permission.PROPOSE_MANDATES)
        view = read_proposal(writing.session, key)
        if view.summary.state is not ProposalState.OPEN:
            raise NotAllowedError(
                tr("this proposal was {state} and can no longer be changed", state=view.summary.state),
                where=view.key,
                do=tr("Create another proposal with 'planner mandate add'"),
            )
        yield OpenProposal(journal, view)
