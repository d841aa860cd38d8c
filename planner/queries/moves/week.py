"""All changes of the items of a plan in a week or another period, from every source.

The overview and the weekly file count the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import chain

from planner.queries.history.date_changes import DateChangeView, Dated, read_date_changes
from planner.queries.history.extensions import Extension, by_date, read_extensions, reason_of, when_asked_in_week
from planner.queries.history.item_acts import ItemAct, read_acts_since
from planner.queries.history.target_acts import TargetAct, read_targets_revised_since
from planner.queries.items.arrivals import read_arrivals
from planner.queries.items.views import ItemView
from planner.queries.moves.late import LateMoves
from planner.queries.moves.moves import Aspect, Move, MoveKind, arrival_of, moves_of
from planner.queries.moves.told import moves_of_targets, moves_told
from planner.queries.people.people_then import people_then
from planner.register.instants import Late
from planner.register.reading import Reading
from planner.store.models import Organisation


class WeekMoves:
    """What changed in a week or another period. What was recorded about the plan in it is read when this is made."""

    def __init__(self, reading: Reading, before: date, span: Late) -> None:
        """Read what holds from a day after `before`, and what was recorded in the span of the period."""
        self._reading = reading
        self._before = before
        self.arrived = read_arrivals(reading, *span)
        self.late = LateMoves(reading, before, span)
        self._acts: dict[int, list[ItemAct]] = defaultdict(list)
        for act in read_acts_since(reading, before):
            self._acts[act.item_id].append(act)
        self._targets: dict[int, list[TargetAct]] = defaultdict(list)
        for revision in read_targets_revised_since(reading, before):
            self._targets[revision.item_id].append(revision)

    def acts(self, item_id: int) -> list[ItemAct]:
        """Return the acts of the week on the agreed facts of an item, in their order."""
        return self._acts.get(item_id, [])

    def revisions(self, item_id: int) -> list[TargetAct]:
        """Return the revisions of the item's targets in the week, in their order."""
        return self._targets.get(item_id, [])

    def of(self, item: ItemView, was: ItemView | None) -> Iterable[Move]:
        """Return the changes of an item. `was` is the item at the end of the week before, if the plan had it."""
        arrival = self.arrived.get(item.id)
        if was is None or arrival is not None:
            # An item that came from an earlier day on is new in the week of that day.
            late = arrival.added_on if was is not None and arrival is not None else None
            return [arrival_of(item, late)]
        moves = self._with_asked(item, moves_of(item, was))
        if item.id not in self._recorded:
            return moves
        acts, targets = self.acts(item.id), self.revisions(item.id)
        people = self._people if any(act.field == Aspect.ACCOUNTABLE for act in acts) else {}
        told = moves_told(acts, self._names, people) if acts else ()
        return chain(moves, told, moves_of_targets(targets), (one.move for one in self.late.of(item)))

    @cached_property
    def dates(self) -> Mapping[Dated, DateChangeView]:
        """The last change of each date that was moved in the week. They are read when somebody asks for them."""
        return read_date_changes(self._reading, self._before)

    def reason_of(self, change: DateChangeView) -> str:
        """Return why a date was moved. If somebody had asked for it, these are the reasons of both persons."""
        return reason_of(change, self._extensions)

    @cached_property
    def _extensions(self) -> Mapping[Dated, list[Extension]]:
        return by_date(read_extensions(self._reading))

    def _with_asked(self, item: ItemView, moves: Iterable[Move]) -> Iterator[Move]:
        """Yield changes. Those of dates that are later now say when somebody asked for them."""
        for move in moves:
            if move.kind is MoveKind.RE_DATED and (move.days or 0) > 0 and isinstance(move.was, date):
                last = self.dates.get((item.id, move.milestone.id if move.milestone else None))
                asked = when_asked_in_week(move.was, last, self._before, self._extensions)
                yield replace(move, asked=asked)
            else:
                yield move

    @cached_property
    def _recorded(self) -> frozenset[int]:
        """The items of which acts or late records tell more than their states. Most items of a plan have none."""
        return frozenset({*self._acts, *self._targets, *self.late.items})

    @cached_property
    def _people(self) -> dict[str, str]:
        """The names of the people on the last day, by their logins."""
        return {person.login: person.name for person in people_then(self._reading)}

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of the organisations on the last day, by their keys."""
        return {row.key: row.name for row in self._reading.known_rows(Organisation)}
