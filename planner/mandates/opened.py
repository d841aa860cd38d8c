"""A write on a draft that is open: the draft as it stands, and changes of its rows with their events."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from planner.errors import NotAllowedError
from planner.journal import Actor, Journal, writing
from planner.models import Base
from planner.queries.drafts import DraftView, read_draft
from planner.rules.permissions import Deed
from planner.vocabulary import DraftState
from planner.writes.permission import require

ACTION = "review-draft"

_Row = TypeVar("_Row", bound=Base)


@dataclass(frozen=True)
class OpenDraft:
    """An open draft within a write; `view` is how it stood when the write began."""

    journal: Journal
    view: DraftView

    def row(self, model: type[_Row], row_id: int) -> _Row:
        """A row of the draft by its id, to be changed."""
        return self.journal.session.get_one(model, row_id)

    def change(
        self, row: Base, values: Mapping[str, Any], name: str, reason: str | None, *, action: str = ACTION
    ) -> None:
        """Change a row; `name` is what people call it within the draft."""
        self.journal.change(row, values, action=action, label=f"{self.view.key}:{name}", reason=reason)

    def now(self) -> DraftView:
        """The draft with what was done to it so far."""
        self.journal.session.flush()
        return read_draft(self.journal.session, self.view.key)


@contextmanager
def opened(session: Session, actor: Actor, key: str, at: datetime) -> Iterator[OpenDraft]:
    """A write on a draft. Raises NotAllowedError for one that is not open, UnknownNameError for no draft."""
    with writing(session, actor, at) as journal:
        require(session, actor, Deed.DRAFT_MANDATES)
        view = read_draft(session, key)
        if view.summary.state is not DraftState.OPEN:
            raise NotAllowedError(
                f"this draft was {view.summary.state.value}, and is decided no more",
                where=view.key,
                do="Draft another with 'planner mandate add'",
            )
        yield OpenDraft(journal, view)
