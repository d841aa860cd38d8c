"""Findings in the official texts themselves, and the measures without a clause."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import FindingKind
from planner.store.models.base import Base, Key, not_blank, one_of


class TextFinding(Base):
    """A finding about the official texts, made by a person who compared them. All other findings are computed."""

    __tablename__ = "text_finding"
    __table_args__ = (UniqueConstraint("key"), one_of("kind", FindingKind), not_blank("statement"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Key)
    kind: Mapped[FindingKind]
    statement: Mapped[str]


class FindingSide(Base):
    """A place in a document that a finding is about. `lacks` is true if something is missing at this place."""

    __tablename__ = "finding_side"
    __table_args__ = (UniqueConstraint("finding_id", "position"), not_blank("label"))

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("text_finding.id"))
    position: Mapped[int]
    label: Mapped[str]
    lacks: Mapped[bool]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    citation_id: Mapped[int | None] = mapped_column(ForeignKey("citation.id"))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))


class Unlinked(Base):
    """A measure that no clause of a mandate version covers, with the reason.

    The measure is reported as a finding, so that nobody links it to an unsuitable clause.
    """

    __tablename__ = "unlinked"
    __table_args__ = (UniqueConstraint("measure_id", "mandate_id"), not_blank("reason"))

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"))
    reason: Mapped[str]
