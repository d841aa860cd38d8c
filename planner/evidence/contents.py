"""The contents of an evidence pack, as read from the register."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.evidence.anchor import Anchor
from planner.evidence.criterion import Criterion
from planner.evidence.logged import LoggedEvent, LoggedRows
from planner.evidence.quotes import WITHHELD_TABLE, CopiedPassage
from planner.queries.items.item import ItemDetail
from planner.queries.items.views import ItemLineage
from planner.register.plan_view import PlanView
from planner.register.point import Point


@dataclass(frozen=True)
class Evidence:
    """The contents of a pack: plan, as-of date and known-at instant, the item with its rows, and the proofs.

    `lineage` says where the item comes from and what became of it, also in other plans.
    """

    plan: PlanView
    point: Point
    detail: ItemDetail
    lineage: ItemLineage
    rows: LoggedRows
    quotes: Sequence[CopiedPassage]
    criterion: Criterion
    anchor: Anchor

    @property
    def withheld(self) -> list[LoggedEvent]:
        """The events whose bytes are not included in the pack."""
        return [event for event in self.rows.events if is_withheld(event)]

    @property
    def redacted(self) -> frozenset[int]:
        """The numbers of the events from which text was removed. Their bytes no longer match their leaves."""
        return frozenset(row.values["seq"] for row in self.rows.rows("redacted_event"))

    @property
    def included(self) -> list[LoggedEvent]:
        """The events whose bytes are included in the pack."""
        return [event for event in self.rows.events if not is_withheld(event)]


def is_withheld(event: LoggedEvent) -> bool:
    """Whether the bytes of an event are left out of the pack, because they contain a whole document."""
    return event.place[0] == WITHHELD_TABLE
