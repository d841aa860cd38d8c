"""The answers to what officers ask for. Every table in this module is history: rows are only ever added."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import ExtensionOutcome
from planner.store.models.base import Base, Recorded, not_blank, one_of


class HelpAnswer(Recorded, Base):
    """The answer to the help that a report asks for. A later answer to the same request replaces an earlier one."""

    __tablename__ = "help_answer"
    __table_args__ = (Index(None, "status_update_id", "id"), not_blank("answer"))

    id: Mapped[int] = mapped_column(primary_key=True)
    status_update_id: Mapped[int] = mapped_column(ForeignKey("status_update.id"))
    as_of: Mapped[date]
    answer: Mapped[str]


class ExtensionAnswer(Recorded, Base):
    """Another person's answer to a request for a later date: it is granted or refused."""

    __tablename__ = "extension_answer"
    __table_args__ = (
        ForeignKeyConstraint(["extension_request_id", "asked_by"], ["extension_request.id", "extension_request.actor"]),
        Index(None, "extension_request_id", "id"),
        one_of("outcome", ExtensionOutcome),
        CheckConstraint("actor <> asked_by", name="by_somebody_else"),
        CheckConstraint("outcome <> 'refused' OR length(trim(coalesce(reason, ''))) > 0", name="refusal_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    extension_request_id: Mapped[int]
    asked_by: Mapped[str]
    as_of: Mapped[date]
    outcome: Mapped[ExtensionOutcome]
    reason: Mapped[str | None]
