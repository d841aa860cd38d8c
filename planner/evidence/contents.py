"""All that a pack is made of, as it was read from the register."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.evidence.anchor import Anchor
from planner.evidence.criterion import Criterion
from planner.evidence.logged import LoggedEvent, LoggedRows
from planner.evidence.quotes import WITHHELD_TABLE, Quote
from planner.queries.item import ItemDetail
from planner.queries.plans import PlanView
from planner.queries.point import Point


@dataclass(frozen=True)
class Evidence:
    """All that a pack is made of: the plan and the point it is seen from, the item, its rows, what proves them."""

    plan: PlanView
    point: Point
    detail: ItemDetail
    rows: LoggedRows
    quotes: Sequence[Quote]
    criterion: Criterion
    anchor: Anchor

    @property
    def withheld(self) -> list[LoggedEvent]:
        """The events whose bytes are not in the pack."""
        return [event for event in self.rows.events if is_withheld(event)]

    @property
    def redacted(self) -> frozenset[int]:
        """The events that lost text, by their numbers: their bytes are not those of their leaves."""
        return frozenset(row.values["seq"] for row in self.rows.rows("redacted_event"))

    @property
    def told(self) -> list[LoggedEvent]:
        """The events whose bytes are."""
        return [event for event in self.rows.events if not is_withheld(event)]


def is_withheld(event: LoggedEvent) -> bool:
    """Whether an event's bytes stay in the register."""
    return event.place[0] == WITHHELD_TABLE
