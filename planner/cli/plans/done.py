"""What the commands about a plan as a whole print for programs."""

from planner.base.views import value_class


@value_class
class PlanActDone:
    """What was done to a plan, as the JSON output says it. A choice of a plan has no reason."""

    act: str
    key: str
    title: str
    reason: str | None
