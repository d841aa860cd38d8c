"""Mandate versions that the program proposes from a text.

They are separate from the register until people adopt them.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Float, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import Lineage, ProposalState, ReviewState, SetRelation
from planner.store.models.base import Base, Key, Word, not_blank, one_of

# The key of a dropped proposal can be used again. On PostgreSQL only the migration says so: the keyword for it would
# import that dialect, with its drivers, into every command.
_IN_USE = text("state <> 'dropped'")


# docs/decisions/0020: no read of the register has to leave proposals out.
class MandateProposal(Base):
    """A mandate version proposed from the text of a document, and the version that it is compared with.

    The first version of a plan without a mandate is compared with none. It names the plan, which gets it as its mandate
    when it is adopted.
    """

    __tablename__ = "mandate_draft"
    __table_args__ = (
        Index(None, "key", unique=True, sqlite_where=_IN_USE),
        one_of("state", ProposalState),
        CheckConstraint("(state = 'adopted') = (mandate_id IS NOT NULL)", name="adopted_is_a_version"),
        CheckConstraint("(supersedes_id IS NULL) = (plan_id IS NOT NULL)", name="first_names_its_plan"),
        not_blank("title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Key)
    title: Mapped[str]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    in_force_from: Mapped[date | None]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    state: Mapped[ProposalState]
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    # docs/decisions/0147: the plan whose first version it is.
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))


class ProposalClause(Base):
    """A proposed clause. It becomes a clause when a person has restated it and the mandate version is adopted."""

    __tablename__ = "drafted_clause"
    __table_args__ = (
        UniqueConstraint("draft_id", "key"),
        UniqueConstraint("draft_id", "id"),
        ForeignKeyConstraint(["draft_id", "parent_id"], ["drafted_clause.draft_id", "drafted_clause.id"]),
        one_of("state", ReviewState),
        CheckConstraint(
            "state NOT IN ('accepted', 'changed') OR length(trim(coalesce(restatement, ''))) > 0",
            name="accepted_is_restated",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("mandate_draft.id"))
    key: Mapped[str] = mapped_column(Key)
    parent_id: Mapped[int | None]
    position: Mapped[int]
    printed_number: Mapped[str] = mapped_column(Word)
    citation_id: Mapped[int] = mapped_column(ForeignKey("citation.id"))
    restatement: Mapped[str | None]
    state: Mapped[ReviewState]


class ProposalRow(Base):
    """A proposed crosswalk row between a clause of the earlier version and a proposed clause.

    `likeness` is the similarity of the two texts, from 0 to 1. It is NULL if the row has only one end or there is no
    text to compare.
    """

    __tablename__ = "drafted_row"
    __table_args__ = (
        UniqueConstraint("draft_id", "from_clause_id", "to_drafted_id"),
        ForeignKeyConstraint(["draft_id", "to_drafted_id"], ["drafted_clause.draft_id", "drafted_clause.id"]),
        one_of("lineage", Lineage),
        one_of("relation", SetRelation),
        one_of("state", ReviewState),
        CheckConstraint("(lineage = 'new') = (from_clause_id IS NULL)", name="new_comes_from_nothing"),
        CheckConstraint("(lineage = 'withdrawn') = (to_drafted_id IS NULL)", name="withdrawn_goes_nowhere"),
        CheckConstraint("likeness IS NULL OR (likeness >= 0 AND likeness <= 1)", name="likeness_from_0_to_1"),
        not_blank("rationale"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("mandate_draft.id"))
    from_clause_id: Mapped[int | None] = mapped_column(ForeignKey("clause.id"))
    to_drafted_id: Mapped[int | None]
    lineage: Mapped[Lineage]
    relation: Mapped[SetRelation]
    rationale: Mapped[str]
    likeness: Mapped[float | None] = mapped_column(Float)
    state: Mapped[ReviewState]
