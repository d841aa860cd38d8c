"""The items of the register, their supporting organisations, and their milestones and indicators as first agreed."""

from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    case,
    cast,
    func,
    literal,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, validates

from planner.domain.codes import code_key
from planner.domain.vocabulary import Basis, Direction, MeasuredBy
from planner.store.models.base import (
    Base,
    Based,
    Key,
    Sha256,
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

    `code_key` is the code in the form in which codes are compared and sorted (`planner.domain.codes.code_key`).
    `position` is the place of the item in the office's register. `kind` is the key of one of the plan's kinds
    (`ItemKind`). An item with `taken_out` came with an import that was undone, and no longer belongs to the register.
    """

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        ForeignKeyConstraint(["plan_id", "theme_id"], ["theme.plan_id", "theme.id"]),
        # docs/decisions/0013: an item cannot be in another theme than its measure.
        ForeignKeyConstraint(["measure_id", "theme_id"], ["measure.id", "measure.theme_id"]),
        Index(None, "plan_id", "code_key", unique=True),
        Index(None, "continues_id"),
        # In the database, only the few items with a value are in this index. To say so here would load both dialects.
        Index(None, "added_on"),
        Index(None, "measure_id"),
        Index(None, "lead_id"),
        Index(None, "theme_id"),
        one_of("measured_by", MeasuredBy),
        one_of("allocation_basis", Basis),
        CheckConstraint("weight > 0", name="weight_positive"),
        CheckConstraint("baseline_due >= starts", name="due_after_start"),
        not_blank("code"),
        not_blank("kind"),
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
    measure_id: Mapped[int | None]
    # docs/decisions/0014: the official text states only some facts of an item.
    allocation_basis: Mapped[Basis]
    code: Mapped[str] = mapped_column(Key)
    code_key: Mapped[str] = mapped_column(server_default=text("''"))
    position: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    kind: Mapped[str] = mapped_column(Key)
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
    # The item of an earlier plan that this item continues.
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    # The day on which the item was added to a plan that had already begun.
    added_on: Mapped[date | None]
    # Where the office took the item from, and the office's note on it, in its words.
    source: Mapped[str | None]
    note: Mapped[str | None]
    taken_out: Mapped[bool] = mapped_column(server_default=text("false"), default=False)

    _new_code = None

    @validates("code", "code_key")
    def _with_key(self, name: str, value: str) -> str:
        """Set the key together with the code, so that no writer can forget it."""
        if name != "code":
            return code_key(self._new_code or self.code or value)
        # The row has its new code only when this method has returned.
        self._new_code = value
        self.code_key = value
        self._new_code = None
        return value


def code_before_removal(item: Any) -> ColumnElement[str]:
    """Return the code of an item, given its columns, or if it was removed, the code that it had.

    A removed item has its number behind its code, so that another item can have the code.
    """
    mark = literal("~") + cast(item.id, String)
    return case((item.taken_out, func.replace(item.code, mark, "")), else_=item.code)


class Responsibility(Base):
    """An organisation that supports the lead organisation of an item. With `taken_out`, it no longer does."""

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
    taken_out: Mapped[bool] = mapped_column(server_default=text("false"), default=False)


class Milestone(Based, Base):
    """A milestone of an item as first agreed. Later dates and reports are history (`planner.store.models.progress`).

    A milestone with `taken_out` came with an import that was undone. The same is true of indicators and targets.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        UniqueConstraint("item_id", "id"),
        Index(None, "item_id", "key", unique=True),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("weight > 0", name="weight_positive"),
        not_blank("title"),
        one_of("date_basis", Basis, optional=True),
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
    # docs/decisions/0169: the basis of the date if it is another than that of the title.
    date_basis: Mapped[Basis | None]
    weight: Mapped[float]
    completion_test: Mapped[str]
    taken_out: Mapped[bool] = mapped_column(server_default=text("false"), default=False)


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
    taken_out: Mapped[bool] = mapped_column(server_default=text("false"), default=False)


class Target(Based, Base):
    """The value that an indicator should have by a date."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("indicator_id", "due"),
        one_of("due_basis", Basis, optional=True),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    due: Mapped[date]
    # The basis of the day if it is another than that of the value.
    due_basis: Mapped[Basis | None]
    value: Mapped[float]
    taken_out: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
