"""What reading a register needs to know about its plan."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from planner.base.views import view
from planner.dates.span import Span
from planner.intake.origin import Origin


@view
class PlanFacts:
    """The facts of a plan with which its files are read.

    A date without a year belongs to the plan's time from `starts` to `ends`. `organisations` are the names of known
    organisations, so that a name such as "Parks, Roads and Bridges" is not taken for three. `people` has the name of
    each known person by its words as names are compared, so that "Brown, John" is not taken for two. `kinds` gives the
    key of a kind of items for each of its names. `origin` is what an export of the plan says of itself, and `has_items`
    whether the plan has items.
    """

    starts: date
    ends: date
    organisations: frozenset[str] = frozenset()
    kinds: Mapping[str, str] = field(default_factory=dict)
    origin: Origin | None = None
    has_items: bool = True
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def simulated(self) -> bool:
        """Whether the plan is that of a demonstration, the only one that takes simulated data."""
        return self.origin is not None and self.origin.simulated

    @property
    def span(self) -> Span:
        """The time to which a date without a year belongs."""
        return Span(self.starts, self.ends)
