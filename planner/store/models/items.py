"""The items of the register, their supporting organisations, and their milestones and indicators as first agreed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import Basis, Direction, ItemKind, MeasuredBy
from planner.store.models.base import (
    Base,
    Based,
    Key,
    Sha256,
    Word,
    basis_checks,
    hex_digest,
    not_blank,
    one_of,
    rule_checks,
)


class Item(Based, Base):
    """An item of the register.

    There is a separate basis for the title, for the theme and measure, for the lead, for the start and for the due
    date. The lead is a column of this table, because a NOT NULL column ensures that every item has exactly one lead.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        ForeignKeyConstraint(["plan_id", "theme_id"], ["theme.plan_id", "theme.id"]),
        # docs/decisions/0013: an item cannot be in another theme than its measure.
        ForeignKeyConstraint(["measure_id", "theme_id"], ["measure.id", "measure.theme_id"]),
        Index(None, "measure_id"),
        Index(None, "lead_id"),
        Index(None, "theme_id"),
        one_of("kind", ItemKind),
        one_of("measured_by", MeasuredBy),
        one_of("allocation_basis", Basis),
        CheckConstraint(
            "length(code) >= 5 AND substr(code, 1, 2) = CASE kind WHEN 'task' THEN 'T-' ELSE 'P-' END"
            " AND trim(substr(code, 3), '0123456789') = ''",
            name="code_form",
        ),
        CheckConstraint("weight > 0", name="weight_positive"),
        CheckConstraint("baseline_due >= starts", name="due_after_start"),
        not_blank("title"),
        hex_digest("fingerprint"),
        *basis_checks(),
        *rule_checks("lead_"),
        *rule_checks("starts_"),
        *rule_checks("due_"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    theme_id: Mapped[int]
    measure_id: Mapped[int]
    # docs/decisions/0014: the official text states only some facts of an item.
    allocation_basis: Mapped[Basis]
    code: Mapped[str] = mapped_column(Word)
    kind: Mapped[ItemKind]
    title: Mapped[str]
    # docs/decisions/0012: NOT NULL gives each item exactly one lead.
    lead_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    lead_basis: Mapped[Basis]
    lead_rule_id: Mapped[int | None] = mapped_column(ForeignKey("derivation_rule.id"))
    lead_note: Mapped[str | None]
    accountable_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    starts: Mapped[date]
    starts_basis: Mapped[Basis]
    starts_rule_id: Mapped[int | None] = mapped_column(ForeignKey("derivation_rule.id"))
    baseline_due: Mapped[date]
    due_basis: Mapped[Basis]
    due_rule_id: Mapped[int | None] = mapped_column(ForeignKey("derivation_rule.id"))
    measured_by: Mapped[MeasuredBy]
    weight: Mapped[float] = mapped_column(default=1.0)
    fingerprint: Mapped[str] = mapped_column(Sha256)


class Responsibility(Base):
    """An organisation that supports the lead organisation of an item."""

    __tablename__ = "responsibility"
    __table_args__ = (
        UniqueConstraint("item_id", "organisation_id"),
        Index(None, "organisation_id"),
        *rule_checks("supporting_"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    supporting_basis: Mapped[Basis]
    supporting_rule_id: Mapped[int | None] = mapped_column(ForeignKey("derivation_rule.id"))


class Milestone(Based, Base):
    """A milestone of an item as first agreed. Later dates and reports are history (`planner.store.models.progress`)."""

    __tablename__ = "milestone"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        UniqueConstraint("item_id", "id"),
        Index(None, "item_id", "key", unique=True),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("weight > 0", name="weight_positive"),
        not_blank("title"),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int]
    # The permanent name of the milestone within its item. The number is only its position.
    key: Mapped[str] = mapped_column(Key, server_default=text("''"))
    title: Mapped[str]
    # docs/decisions/0011: there is no column for the current date.
    baseline_date: Mapped[date]
    weight: Mapped[float]
    completion_test: Mapped[str]


class Indicator(Based, Base):
    """A quantity that is measured for an item. An indicator has no target if none was published."""

    __tablename__ = "indicator"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        Index(None, "item_id", "key", unique=True),
        one_of("direction", Direction),
        CheckConstraint("number > 0", name="number_positive"),
        not_blank("name"),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    number: Mapped[int]
    # The permanent name of the indicator within its item. The number is only its position.
    key: Mapped[str] = mapped_column(Key, server_default=text("''"))
    name: Mapped[str]
    unit: Mapped[str]
    direction: Mapped[Direction]
    baseline_value: Mapped[float | None]


class Target(Based, Base):
    """The value that an indicator should have by a date."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("indicator_id", "due"), *basis_checks())

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    due: Mapped[date]
    value: Mapped[float]
