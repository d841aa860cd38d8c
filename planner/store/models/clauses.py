"""The clauses of mandate versions, their texts in several languages, and the crosswalk between versions."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import Lineage, SetRelation
from planner.store.models.base import Base, Key, Sha256, Word, hex_digest, not_blank, one_of


class Expression(Base):
    """A mandate version in one language, and the document that contains this text."""

    __tablename__ = "expression"
    __table_args__ = (UniqueConstraint("mandate_id", "language"), UniqueConstraint("mandate_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"))
    language: Mapped[str] = mapped_column(Word)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))


# The part of a clause's key after the word at its beginning, in SQL that both databases understand.
_AFTER_WORD = "ltrim(key, 'abcdefghijklmnopqrstuvwxyz')"


class Clause(Base):
    """A duty or a part of a duty. The same `key` identifies it in all languages."""

    __tablename__ = "clause"
    __table_args__ = (
        UniqueConstraint("mandate_id", "key"),
        UniqueConstraint("mandate_id", "id"),
        ForeignKeyConstraint(["mandate_id", "parent_id"], ["clause.mandate_id", "clause.id"]),
        CheckConstraint(
            # The form of a key is a word, a hyphen and a number with dots, such as duty-3, duty-20.2 or article-7.
            f"{_AFTER_WORD} <> key AND {_AFTER_WORD} LIKE '-_%' AND trim(substr({_AFTER_WORD}, 2), '0123456789.') = ''",
            name="key_form",
        ),
        not_blank("restatement"),
        hex_digest("fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"))
    key: Mapped[str] = mapped_column(Key)
    parent_id: Mapped[int | None]
    position: Mapped[int]
    restatement: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(Sha256)


class ClauseExpression(Base):
    """A clause in one language: the number printed there and the citation of its text."""

    __tablename__ = "clause_expression"
    __table_args__ = (
        UniqueConstraint("clause_id", "expression_id"),
        ForeignKeyConstraint(["mandate_id", "clause_id"], ["clause.mandate_id", "clause.id"]),
        ForeignKeyConstraint(["mandate_id", "expression_id"], ["expression.mandate_id", "expression.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mandate_id: Mapped[int]
    clause_id: Mapped[int]
    expression_id: Mapped[int]
    printed_number: Mapped[str] = mapped_column(Word)
    citation_id: Mapped[int] = mapped_column(ForeignKey("citation.id"))


class CrosswalkRow(Base):
    """The relation between a clause and a clause of the next mandate version.

    `lineage` is about the wording, and `relation` about the substance.
    """

    __tablename__ = "crosswalk_row"
    __table_args__ = (
        UniqueConstraint("from_clause_id", "to_clause_id"),
        ForeignKeyConstraint(["from_mandate_id", "from_clause_id"], ["clause.mandate_id", "clause.id"]),
        ForeignKeyConstraint(["to_mandate_id", "to_clause_id"], ["clause.mandate_id", "clause.id"]),
        one_of("lineage", Lineage),
        one_of("relation", SetRelation),
        CheckConstraint("(lineage = 'new') = (from_clause_id IS NULL)", name="new_comes_from_nothing"),
        CheckConstraint("(lineage = 'withdrawn') = (to_clause_id IS NULL)", name="withdrawn_goes_nowhere"),
        not_blank("rationale"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    from_mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"))
    to_mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"))
    from_clause_id: Mapped[int | None]
    to_clause_id: Mapped[int | None]
    lineage: Mapped[Lineage]
    relation: Mapped[SetRelation]
    rationale: Mapped[str]
