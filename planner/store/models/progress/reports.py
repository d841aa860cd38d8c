"""Reports made over time. Every table in this module is history: triggers ensure that rows are only ever added."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from planner.domain.vocabulary import Basis, Confidence, Confirmation, Phase
from planner.store.models.base import Base, Recorded, not_blank, one_of
from planner.store.models.items import Item, code_before_removal

_TARGET = Item.__table__.alias("merged_into_item")


class StatusUpdate(Recorded, Base):
    """One officer's report on one item, as of a date."""

    __tablename__ = "status_update"
    __table_args__ = (
        # With this index, finding the latest report as of a date takes a single lookup.
        Index(None, "item_id", "as_of", "id"),
        # In the database, only the few reports of cancelled and merged items are in these two indexes.
        Index(None, "item_id"),
        Index(None, "merged_into_id"),
        # The target of the foreign key of a confirmation, which consists of a report and its author.
        UniqueConstraint("id", "actor"),
        one_of("phase", Phase),
        one_of("confidence", Confidence, optional=True),
        one_of("basis", Basis),
        CheckConstraint("percent IS NULL OR (percent >= 0 AND percent <= 100)", name="percent_in_range"),
        CheckConstraint("(phase = 'completed') = (completed_on IS NOT NULL)", name="completed_has_its_date"),
        CheckConstraint("ended_on IS NULL OR phase IN ('cancelled', 'merged')", name="ended_is_dropped"),
        CheckConstraint("merged_into_id IS NULL OR phase = 'merged'", name="merged_names_an_item"),
        CheckConstraint(
            "(help_from IS NULL AND help_by IS NULL) OR help_needed IS NOT NULL", name="help_asked_says_what"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    as_of: Mapped[date]
    phase: Mapped[Phase]
    confidence: Mapped[Confidence | None]
    percent: Mapped[int | None]
    completed_on: Mapped[date | None]
    done: Mapped[str | None]
    next: Mapped[str | None]
    blocker: Mapped[str | None]
    help_needed: Mapped[str | None]
    evidence: Mapped[str | None]
    basis: Mapped[Basis]
    # For an item that is cancelled or merged: the date, the reason, and the item that it was merged into. Reports made
    # before revision 0005 may lack all three.
    ended_on: Mapped[date | None]
    ending_reason: Mapped[str | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    # The officer explicitly reported that nothing changed since the last report.
    unchanged: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    # Of whom the help is asked, and by when an answer is needed.
    help_from: Mapped[str | None]
    help_by: Mapped[date | None]
    # The code of the item that this item was merged into.
    merged_into: Mapped[str | None] = column_property(
        select(code_before_removal(_TARGET.c)).where(_TARGET.c.id == merged_into_id).scalar_subquery()
    )


class CompletionConfirmation(Recorded, Base):
    """Another person's answer to a report: the item's ending is confirmed, or the report is returned."""

    __tablename__ = "completion_confirmation"
    __table_args__ = (
        ForeignKeyConstraint(["status_update_id", "reported_by"], ["status_update.id", "status_update.actor"]),
        Index(None, "status_update_id", "id"),
        one_of("outcome", Confirmation),
        CheckConstraint("actor <> reported_by", name="by_somebody_else"),
        CheckConstraint("outcome <> 'returned' OR length(trim(coalesce(reason, ''))) > 0", name="return_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    status_update_id: Mapped[int]
    reported_by: Mapped[str]
    outcome: Mapped[Confirmation]
    reason: Mapped[str | None]


class DateChange(Recorded, Base):
    """A change of the current due date of a milestone, or of an item if `milestone_id` is NULL."""

    __tablename__ = "date_change"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "milestone_id"], ["milestone.item_id", "milestone.id"]),
        Index(None, "item_id", "milestone_id", "as_of", "id"),
        CheckConstraint("new_date <> old_date", name="date_moves"),
        not_blank("reason"),
        one_of("basis", Basis),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    milestone_id: Mapped[int | None]
    as_of: Mapped[date]
    old_date: Mapped[date]
    new_date: Mapped[date]
    reason: Mapped[str]
    basis: Mapped[Basis]


class MilestoneReport(Recorded, Base):
    """A report on a milestone: the day it was met, or a forecast. Only the latest report counts."""

    __tablename__ = "milestone_report"
    __table_args__ = (
        Index(None, "milestone_id", "as_of", "id"),
        CheckConstraint("met_on IS NULL OR met_on <= as_of", name="met_by_the_day_reported"),
        one_of("basis", Basis),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestone.id"))
    as_of: Mapped[date]
    met_on: Mapped[date | None]
    forecast: Mapped[date | None]
    evidence: Mapped[str | None]
    basis: Mapped[Basis]


class Observation(Recorded, Base):
    """The value of an indicator on a date. A later row for the same date revises the earlier one, which is kept."""

    __tablename__ = "observation"
    __table_args__ = (Index(None, "indicator_id", "as_of", "id"), one_of("basis", Basis))

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    as_of: Mapped[date]
    value: Mapped[float]
    evidence: Mapped[str | None]
    basis: Mapped[Basis]


# The tables whose records can be taken back: a withdrawal has a column for each.
WITHDRAWABLE = (
    "status_update",
    "milestone_report",
    "date_change",
    "observation",
    "completion_confirmation",
    "help_answer",
    "extension_request",
    "extension_answer",
    "assessment",
)
_EXACTLY_ONE = " + ".join(f"CASE WHEN {table}_id IS NULL THEN 0 ELSE 1 END" for table in WITHDRAWABLE)


class Withdrawal(Recorded, Base):
    """The withdrawal of one record. The record stays in the history but no longer counts."""

    __tablename__ = "withdrawal"
    __table_args__ = (
        CheckConstraint(f"{_EXACTLY_ONE} = 1", name="takes_back_one"),
        Index(None, "help_answer_id", unique=True),
        Index(None, "extension_request_id", unique=True),
        Index(None, "extension_answer_id", unique=True),
        Index(None, "assessment_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    status_update_id: Mapped[int | None] = mapped_column(ForeignKey("status_update.id"), unique=True)
    milestone_report_id: Mapped[int | None] = mapped_column(ForeignKey("milestone_report.id"), unique=True)
    date_change_id: Mapped[int | None] = mapped_column(ForeignKey("date_change.id"), unique=True)
    observation_id: Mapped[int | None] = mapped_column(ForeignKey("observation.id"), unique=True)
    completion_confirmation_id: Mapped[int | None] = mapped_column(
        ForeignKey("completion_confirmation.id"), unique=True
    )
    help_answer_id: Mapped[int | None] = mapped_column(ForeignKey("help_answer.id"))
    extension_request_id: Mapped[int | None] = mapped_column(ForeignKey("extension_request.id"))
    extension_answer_id: Mapped[int | None] = mapped_column(ForeignKey("extension_answer.id"))
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"))
    reason: Mapped[str | None]
