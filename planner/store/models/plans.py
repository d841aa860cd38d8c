"""A plan with its published totals, themes and measures."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import Cadence
from planner.store.models.base import Base, Based, Key, Sha256, Word, basis_checks, hex_digest, not_blank, one_of


class Plan(Based, Base):
    """An office's work plan, with the settings for calculating its progress. It may have no mandate.

    A plan with `taken_out` was made by mistake and removed when it had nothing in it. No read finds it.
    """

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("ends > starts", name="ends_after_start"),
        CheckConstraint("behind_points > 0 AND off_track_points > behind_points", name="thresholds_in_order"),
        CheckConstraint("stale_after_weeks > 0", name="stale_after_weeks_positive"),
        one_of("cadence", Cadence),
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
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    time_zone: Mapped[str] = mapped_column(Key)
    # The language of the plan's own texts, such as `ko`.
    language: Mapped[str | None] = mapped_column(Word)
    cadence: Mapped[Cadence] = mapped_column(server_default=text("'weekly'"), default=Cadence.WEEKLY)
    # Settings for the rules of progress, in percentage points and whole weeks.
    behind_points: Mapped[int] = mapped_column(default=10)
    off_track_points: Mapped[int] = mapped_column(default=30)
    stale_after_weeks: Mapped[int] = mapped_column(default=4)
    taken_out: Mapped[bool] = mapped_column(server_default=text("false"), default=False)


class PlanTotal(Based, Base):
    """A stated total: the number of items of one kind, or of all kinds (`items`), as the plan states it.

    Totals that were loaded before revision 0007 have the names `tasks` and `key_projects` for two kinds. A total that
    the plan states no longer has no value.
    """

    __tablename__ = "plan_total"
    __table_args__ = (
        UniqueConstraint("plan_id", "name"),
        CheckConstraint("value >= 0", name="value_not_negative"),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    name: Mapped[str] = mapped_column(Key)
    # docs/decisions/0136: without a value, the data files do not bring the total back.
    value: Mapped[int | None]


class Theme(Based, Base):
    """One of the plan's fields of work. A theme can be part of another theme.

    `number` is its place in the order of all the plan's themes. `label` is the number that the plan prints, such as
    `2.1`. A theme with `taken_out` came with an import that was undone.
    """

    __tablename__ = "theme"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        UniqueConstraint("plan_id", "id"),
        ForeignKeyConstraint(["plan_id", "parent_id"], ["theme.plan_id", "theme.id"]),
        CheckConstraint("number > 0", name="number_positive"),
        not_blank("title"),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    number: Mapped[int]
    title: Mapped[str]
    restatement: Mapped[str]
    parent_id: Mapped[int | None]
    label: Mapped[str | None]
    taken_out: Mapped[bool] = mapped_column(server_default=text("false"), default=False)


class Measure(Based, Base):
    """One commitment of the published text. It has no theme if it belongs to the plan as a whole."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("plan_id", "code"),
        # The target of the foreign key of an item, which consists of its measure and its theme.
        UniqueConstraint("id", "theme_id"),
        ForeignKeyConstraint(["plan_id", "theme_id"], ["theme.plan_id", "theme.id"]),
        not_blank("code"),
        not_blank("title"),
        hex_digest("fingerprint"),
        *basis_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    theme_id: Mapped[int | None]
    code: Mapped[str] = mapped_column(Key)
    position: Mapped[int]
    title: Mapped[str]
    restatement: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(Sha256)
