"""The links from measures and items to clauses, and their reviews."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import Coverage, LinkOrigin, LinkType, ReviewDecision
from planner.store.models.base import Base, Recorded, Sha256, hex_digest, not_blank, one_of


class Link(Base):
    """The link of a measure or item to a clause that it is based on.

    The row has the fingerprints of the measure or item and of the clause at the time the link was made. A link that
    the program suggested (`origin`) counts as suggested until somebody reviews it.
    """

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("measure_id", "clause_id"),
        UniqueConstraint("item_id", "clause_id"),
        Index(None, "clause_id"),
        one_of("type", LinkType),
        one_of("coverage", Coverage),
        one_of("origin", LinkOrigin),
        CheckConstraint("(measure_id IS NULL) <> (item_id IS NULL)", name="one_near_end"),
        not_blank("rationale"),
        hex_digest("near_fingerprint"),
        hex_digest("clause_fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    type: Mapped[LinkType]
    coverage: Mapped[Coverage]
    rationale: Mapped[str]
    near_fingerprint: Mapped[str] = mapped_column(Sha256)
    clause_fingerprint: Mapped[str] = mapped_column(Sha256)
    origin: Mapped[LinkOrigin] = mapped_column(server_default=text("'person'"), default=LinkOrigin.PERSON)


class LinkReview(Recorded, Base):
    """A reviewer's decision about a link. Rows are only ever added.

    The row has the fingerprints of both linked things at the time of the decision. It is `reworded` if one of them is
    another one than when the link was made.
    """

    __tablename__ = "link_review"
    __table_args__ = (
        Index(None, "link_id", "id"),
        # docs/decisions/0082: few reviews saw another wording, and only these are read to find suspect links.
        # Named for PostgreSQL too, it would import that dialect.
        Index("ix_link_review_reworded", "link_id", sqlite_where=text("reworded = 1")),
        one_of("decision", ReviewDecision),
        one_of("type", LinkType),
        one_of("coverage", Coverage),
        not_blank("rationale"),
        hex_digest("near_fingerprint"),
        hex_digest("clause_fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id"))
    decision: Mapped[ReviewDecision]
    type: Mapped[LinkType]
    coverage: Mapped[Coverage]
    rationale: Mapped[str]
    near_fingerprint: Mapped[str] = mapped_column(Sha256)
    clause_fingerprint: Mapped[str] = mapped_column(Sha256)
    reworded: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
