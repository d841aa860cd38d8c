"""The app's only connection to the core. It refuses to write to the register while the app shows a past day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.domain.given_plan import GivenPlan
from planner.register.opening import Register

if TYPE_CHECKING:
    from planner.domain.rules.permissions import Permission
    from planner.register.writing import Writing


class Door(Register):
    """The register of the person who uses the app.

    `as_of` is the past day that the whole app shows, or None for today. A `Door` is created before the app starts. The
    worker thread that first uses it opens the register.
    """

    def opened_elsewhere(self, login: str, address: str, plan: str) -> None:
        """Use the login, the address and the key of the plan that another process found in this register."""
        self.login, self._address, self.plan = login, address, self.plan or GivenPlan(plan)

    @contextmanager
    def writing(self, deed: "Permission | None" = None) -> "Iterator[Writing]":
        """Begin a write with the present time. Raises NotAllowedError while the app shows a past day."""
        # docs/decisions/0098: no screen can forget that it shows a past day.
        if self.as_of is not None:
            raise looking_back(self.as_of)
        with super().writing(deed) as writing:
            yield writing


def looking_back(day: date) -> NotAllowedError:
    """Return the error that says why nothing can be written while an as-of date is set."""
    return NotAllowedError(
        tr("the app shows the plan as of {day}, and you can only write as of today", day=day),
        do=tr("Go back to today first"),
    )
