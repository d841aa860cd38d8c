"""Everything about one item: its state, indicators, reports and history."""

from dataclasses import field
from functools import cache

from sqlalchemy import Select, bindparam, select

from planner.base.views import value_class
from planner.queries.effective_records import is_effective
from planner.queries.history.item_history import HistoryEntry, read_history
from planner.queries.items.indicators import read_indicators
from planner.queries.items.register import read_item, status_view
from planner.queries.items.views import IndicatorView, ItemView, StatusView
from planner.queries.plans.lineage import Lineage, read_lineage
from planner.queries.plans.office_facts import OfficeFacts, read_office_facts
from planner.register.instants import known_at_parameter, recorded_until
from planner.register.reading import Reading
from planner.store.models import StatusUpdate


@value_class
class ItemDetail:
    """An item with its indicators, its reports and its whole history. Reports and history are newest first."""

    item: ItemView
    indicators: tuple[IndicatorView, ...]
    reports: tuple[StatusView, ...]
    history: tuple[HistoryEntry, ...]
    lineage: Lineage = field(default_factory=Lineage)
    office: OfficeFacts = field(default_factory=OfficeFacts)


def read_item_detail(reading: Reading, code: str) -> ItemDetail:
    """Return everything about an item at a point in time. Raises UnknownNameError if no item has this code."""
    item = read_item(reading, code)
    return ItemDetail(
        item=item,
        indicators=read_indicators(reading, item.id),
        reports=_effective_reports(reading, item.id),
        history=read_history(reading, item),
        lineage=read_lineage(reading.session, item.id),
        office=read_office_facts(reading, item.id),
    )


def _effective_reports(reading: Reading, item_id: int) -> tuple[StatusView, ...]:
    """Return the effective reports on an item, newest first."""
    rows = reading.session.execute(
        _select_effective(reading.point.in_past), {"item_id": item_id, **reading.point.values}
    ).scalars()
    return tuple(status_view(row) for row in rows)


@cache
def _select_effective(in_past: bool) -> Select[StatusUpdate]:
    known_at = known_at_parameter(in_past)
    return (
        select(StatusUpdate)
        .where(
            StatusUpdate.item_id == bindparam("item_id"),
            *recorded_until(StatusUpdate, bindparam("as_of"), known_at),
            is_effective(StatusUpdate, known_at),
        )
        .order_by(StatusUpdate.as_of.desc(), StatusUpdate.id.desc())
    )
