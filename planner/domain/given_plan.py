"""The plan that a person gave, and the error if the register holds several and none was given.

The app imports this module before it draws its first screen, so it imports little.
"""

from collections.abc import Sequence

from planner.base.errors import UnknownNameError
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.views import value_class


@value_class
class GivenPlan:
    """The key of a plan that a person gave, and where: the option for the field "plan", or an environment variable."""

    key: str
    where: str = "plan"


class SeveralPlansError(UnknownNameError):
    """The register holds several plans, and none was named. `keys` are the keys of all of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys
        super().__init__(
            tr("this register holds several plans: {plans}", plans=listed(keys)),
            where="plan",
            do=tr("Name one of them, or choose one with 'planner plan use KEY'"),
        )
