"""An open carry-over: what its writes share, and the basis that carried facts have in the next plan."""

from planner.base.views import value_class
from planner.domain.vocabulary import Basis
from planner.queries.plans.carrying import CarryOver
from planner.register.plan_view import PlanView
from planner.register.writing import Writing
from planner.store.journal import Journal

# The action of the events of a carry-over.
ACTION = "carry-over"


@value_class
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

    @property
    def reason(self) -> str:
        """The reason of each event, which names the earlier plan."""
        return f"carried over from {self.old.key}"


def basis_of(before: Basis) -> Basis:
    """Return the basis of a fact in the next plan. What nobody has confirmed yet must not look like the office's own.

    What was stated or derived for the earlier plan is not so for the next one, where the office has decided it.
    """
    return before if before in (Basis.WORKING, Basis.SIMULATED) else Basis.REGISTERED
