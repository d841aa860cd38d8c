"""Reading which reports a report for a past day meets: newer ones of the same items, and those of imports that day."""

from sqlalchemy import exists, func, select

from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.intake.comparing.stored import OtherReports
from planner.register.effective_records import is_effective
from planner.register.raw_rows import columns
from planner.store.event_actions import IMPORT
from planner.store.models import AuditEvent, Item, StatusUpdate


def read_other_reports(rows: PlanRows) -> OtherReports:
    """Return the newer reports and the imported ones of the same day, for the day of the reading."""
    own, item, day = columns(StatusUpdate), columns(Item), rows.reading.as_of
    of_plan = (
        select(own.item_id)
        .join(Item.__table__, item.id == own.item_id)
        .where(item.plan_id == rows.plan.id, is_effective(StatusUpdate))
    )
    newest = of_plan.add_columns(func.max(own.as_of)).where(own.as_of > day).group_by(own.item_id)
    # Not `IN`: SQLite would try every imported report for every item.
    imported = exists().where(
        AuditEvent.table_name == StatusUpdate.__tablename__, AuditEvent.row_id == own.id, AuditEvent.action == IMPORT
    )
    same_day = of_plan.where(own.as_of == day, imported).distinct()
    return OtherReports(
        {row[0]: row[1] for row in rows.rows(newest)},
        frozenset(item_id for (item_id,) in rows.rows(same_day)),
    )
