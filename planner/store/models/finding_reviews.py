"""People's decisions about findings of any kind."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import FindingDecision
from planner.store.models.base import Base, Recorded, Sha256, Word, hex_digest, not_blank, one_of


class FindingReview(Recorded, Base):
    """A decision about a finding: it is accepted until a day, or reopened. Rows are only ever added.

    A computed finding has no row of its own, so `kind` and `subject` identify it. `statement` is its wording at the
    time of the decision. `substance` is the digest of the content that the decision covers; if the content changes, the
    finding is open again.
    """

    __tablename__ = "finding_review"
    __table_args__ = (
        Index(None, "plan_id", "kind", "subject", "id"),
        one_of("decision", FindingDecision),
        CheckConstraint("(decision = 'accepted') = (until IS NOT NULL)", name="accepted_until_a_day"),
        not_blank("kind"),
        not_blank("subject"),
        not_blank("statement"),
        not_blank("reason"),
        hex_digest("substance"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    kind: Mapped[str] = mapped_column(Word)
    subject: Mapped[str]
    substance: Mapped[str] = mapped_column(Sha256)
    statement: Mapped[str]
    decision: Mapped[FindingDecision]
    reason: Mapped[str]
    until: Mapped[date | None]
