"""A plan with its published totals, themes and measures."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models.base import Base, Based, Key, Sha256, Word, basis_checks, hex_digest, not_blank


class Plan(Based, Base):
    """A government's work plan for a year, with the settings for calculating its progress."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("ends > starts", name="ends_after_start"),
        CheckConstraint("behind_points > 0 AND off_track_points > behind_points", name="thresholds_in_order"),
        CheckConstraint("stale_after_weeks > 0", name="stale_after_weeks_positive"),
        not_blank("title"),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Key)
    title: Mapped[str]
    restatement: Mapped[str]
    year: Mapped[int]
    starts: Mapped[date]
    ends: Mapped[date]
    published: Mapped[date | None]
    issuer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandate.id"))
    time_zone: Mapped[str] = mapped_column(Key)
    # Settings for the rules of progress, in percentage points and whole weeks.
    behind_points: Mapped[int] = mapped_column(default=10)
    off_track_points: Mapped[int] = mapped_column(default=30)
    stale_after_weeks: Mapped[int] = mapped_column(default=4)


class PlanTotal(Based, Base):
    """A published total: the number of items of one kind, or of all kinds, as the plan states it."""

    __tablename__ = "plan_total"
    __table_args__ = (
        UniqueConstraint("plan_id", "name"),
        CheckConstraint("value >= 0", name="value_not_negative"),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    name: Mapped[str] = mapped_column(Word)
    value: Mapped[int]


class Theme(Based, Base):
    """One of the plan's numbered fields of work."""

    __tablename__ = "theme"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        UniqueConstraint("plan_id", "id"),
        CheckConstraint("number > 0", name="number_positive"),
        not_blank("title"),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    title: Mapped[str]
    restatement: Mapped[str]


class Measure(Based, Base):
    """One commitment of the published text. It has no theme if it belongs to the plan as a whole."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        # The target of the foreign key of an item, which consists of its measure and its theme.
        UniqueConstraint("id", "theme_id"),
        ForeignKeyConstraint(["plan_id", "theme_id"], ["theme.plan_id", "theme.id"]),
        CheckConstraint(
            # The form of a code is M, the number of the theme, one dot, and a number.
            "substr(code, 1, 1) = 'M' AND code LIKE '__%._%' AND trim(substr(code, 2), '0123456789.') = ''"
            " AND length(code) = length(replace(code, '.', '')) + 1",
            name="code_form",
        ),
        not_blank("title"),
        hex_digest("fingerprint"),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    theme_id: Mapped[int | None]
    code: Mapped[str] = mapped_column(Word)
    position: Mapped[int]
    title: Mapped[str]
    restatement: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(Sha256)
