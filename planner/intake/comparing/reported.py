"""Which fields of the reports that count officers wrote, and what the files said of these fields before.

A report has all fields. One that an import adds takes those that the files do not decide from the report before it, so
a field is an officer's until an import gives it another value.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Select, select

from planner.intake.comparing.stored import REPORT_FACTS, Reported, ReportValue
from planner.register.effective_records import is_effective
from planner.register.raw_rows import PORTION, columns, to_tuples
from planner.register.reading import Reading
from planner.store.event_actions import IMPORT
from planner.store.models import AuditEvent, Item, StatusUpdate

if TYPE_CHECKING:
    from planner.intake.proposed import Field


class _Row(NamedTuple):
    item_id: int
    id: int
    phase: ReportValue
    percent: ReportValue
    confidence: ReportValue
    done: ReportValue
    next: ReportValue
    blocker: ReportValue
    help_needed: ReportValue


def read_mixed(reading: Reading, imported: frozenset[int]) -> dict[int, Reported]:
    """Return what counts for each item that has reports of officers and of imports, by the id of the item.

    `imported` has the ids of the reports that imports added.
    """
    if not imported:
        return {}
    return {item_id: _reported(rows, imported) for item_id, rows in groupby(_rows(reading), key=itemgetter(0))}


def _reported(rows: Iterable[_Row], imported: frozenset[int]) -> Reported:
    """Return what the reports on one item say, given from the oldest to the newest."""
    entered: set[Field] = set()
    written: dict[Field, ReportValue] = {}
    last_import: dict[Field, ReportValue] = {}
    before: dict[Field, ReportValue] = {}
    for row in rows:
        values: dict[Field, ReportValue] = {fact: getattr(row, fact.value) for fact in REPORT_FACTS}
        if row.id in imported:
            given = {fact: value for fact, value in values.items() if fact not in entered or value != before[fact]}
            entered -= given.keys()
            written |= given
            last_import = values
        else:
            entered = set(REPORT_FACTS)
        before = values
    said = {fact: (written[fact], last_import[fact]) for fact in entered if fact in written}
    return Reported(frozenset(entered), said)


def _rows(reading: Reading) -> Iterator[_Row]:
    found = reading.session.connection().execute(_select_mixed(reading))
    return (row for portion in found.partitions(PORTION) for row in to_tuples(_Row, portion))


def _select_mixed(reading: Reading) -> Select[Any]:
    """Select the effective reports on items with reports of both, oldest first."""
    own, item = columns(StatusUpdate), columns(Item)
    added = AuditEvent.table_name == StatusUpdate.__tablename__, AuditEvent.action == IMPORT
    imported = select(AuditEvent.row_id).where(*added)
    return (
        select(*(own[name] for name in _Row._fields))
        .join(Item.__table__, item.id == own.item_id)
        .where(
            item.plan_id == reading.plan.id,
            own.item_id.in_(select(own.item_id).where(own.id.in_(imported))),
            own.item_id.in_(select(own.item_id).where(own.id.not_in(imported))),
            own.as_of <= reading.as_of,
            is_effective(StatusUpdate),
        )
        .order_by(own.item_id, own.as_of, own.id)
    )
