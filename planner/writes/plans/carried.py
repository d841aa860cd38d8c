"""An open carry-over: what its writes share, and the basis that carried facts have in the next plan."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from planner.queries.plans.carrying import CarryOver
from planner.register.plan_view import PlanView
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Organisation

# The action of the events of a carry-over.
ACTION = "carry-over"


@dataclass(frozen=True)
class Carrying:
    """An open carry-over: its write, the earlier plan, what is carried over, and why."""

    journal: Journal
    writing: Writing
    old: PlanView
    shown: CarryOver
    why: str

    @property
    def left(self) -> frozenset[str]:
        """The new codes of the items whose accountable person has left."""
        return frozenset(one.new_code for one in self.shown.left)

    @cached_property
    def new_leads(self) -> dict[str, int]:
        """The ids of the leads that replace organisations that have ended, by the new codes of their items."""
        return {
            code: self._organisations[body.new_lead]
            for body in self.shown.ended
            if body.new_lead is not None
            for code in body.leads
        }

    @cached_property
    def new_supporters(self) -> dict[int, int | None]:
        """The id of the organisation that supports items instead of each one that has ended. None if there is none."""
        keys = self._organisations
        return {keys[body.key]: keys[body.successor] if body.successor else None for body in self.shown.ended}

    @cached_property
    def _organisations(self) -> dict[str, int]:
        rows = self.writing.session.execute(select(Organisation.key, Organisation.id))
        return {key: row_id for key, row_id in rows}  # noqa: C416

    @property
    def reason(self) -> str:
        """The reason of each event, which names the earlier plan."""
        return f"carried over from {self.old.key}"
