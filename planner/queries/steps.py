"""The milestones of items as the rules need them to compute percents: baseline dates, weights, and the days met."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, partial
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import Select, null, select, true

from planner.domain.rules.progress import Step
from planner.domain.vocabulary import MeasuredBy
from planner.queries.chosen import items_among
from planner.queries.id_in import dialect_of, ids_parameter, is_among
from planner.queries.latest import latest
from planner.register.raw_rows import columns, raw_rows
from planner.register.reading import Reading
from planner.store.models import Milestone, MilestoneReport

# What is read of a milestone for its `Step`.
_OF_STEP = ("item_id", "baseline_date", "weight")


class MeasuredItem(Protocol):
    """What the reading of steps needs to know of an item."""

    @property
    def id(self) -> int:
        """The id of the item."""

    @property
    def measured_by(self) -> MeasuredBy:
        """Whether progress is measured by milestones or by reports."""


def read_steps(reading: Reading, items: Sequence[MeasuredItem]) -> dict[int, list[Step]]:
    """Return the milestones of the items, by item id, ordered by the milestones' numbers.

    The day on which a milestone was met is read only for items that are measured by milestones.
    """
    steps: dict[int, list[Step]] = defaultdict(list)
    to_step = partial(tuple.__new__, Step)
    for with_met in (True, False):
        ids = [item.id for item in items if (item.measured_by is MeasuredBy.MILESTONES) is with_met]
        for item_id, baseline, weight, met_on in _read_milestones(reading, ids, with_met) if ids else ():
            steps[item_id].append(to_step((baseline, weight, met_on)))
    return steps


def _read_milestones(reading: Reading, ids: Sequence[int], with_met: bool) -> Iterable[tuple[Any, ...]]:
    """Return the item's id, baseline date, weight and day met of each milestone that was not taken out."""
    changed = Milestone.__tablename__ in reading.rollback.tables
    statement = _select_milestones(dialect_of(reading.session), reading.point.in_past, with_met, changed)
    values = {**items_among(reading.session, ids).values, **reading.point.values}
    rows = raw_rows(reading.session, statement, values)
    if not changed:
        return rows
    known = reading.rollback.records(Milestone, ["id", "number", "taken_out", *_OF_STEP, ""], rows)
    return [row[3:] for row in sorted(known, key=itemgetter(1)) if not row[2]]


@cache
def _select_milestones(dialect: str, in_past: bool, with_met: bool, changed: bool) -> Select[Any]:
    """Select the milestones of items. If milestones were changed since, those that were taken out are among them."""
    own, met_on = columns(Milestone), null().label("met_on")
    statement = select(own.id, met_on)
    if with_met:
        belongs = columns(MilestoneReport).milestone_id == own.id
        statement = latest(
            dialect, MilestoneReport, Milestone, belongs, [met_on.name], in_past=in_past, every_owner=True
        )
    kept = true() if changed else own.taken_out.is_(False)
    wanted = [own[name] for name in (("id", "number", "taken_out") if changed else ()) + _OF_STEP]
    return (
        statement.with_only_columns(*wanted, statement.selected_columns[met_on.name])
        .where(is_among(dialect, own.item_id, ids_parameter(dialect)), kept)
        .order_by(own.item_id, own.number)
    )
