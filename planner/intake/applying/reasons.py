"""The words of an import in the history: where a value comes from, and how it was inferred.

They are stored, so they are the same in every language of the program.
"""

from collections.abc import Mapping

from planner.base.views import value_class
from planner.intake.proposed import Field
from planner.intake.sheets import Place


@value_class
class Reasons:
    """Makes the reasons of one import. `given` is the reason that a person gave for all of it, if any."""

    given: str | None = None

    def of(self, place: Place, inferred: Mapping[Field, str] | None = None) -> str:
        """Return the reason of an event: what the person gave, the place in the file, and how values were inferred."""
        notes = "".join(f"; {fact}: {note}" for fact, note in (inferred or {}).items())
        given = f"{self.given}; " if self.given else ""
        return f"{given}imported from {place}{notes}"

    @property
    def of_removed(self) -> str:
        """The reason for an item that leaves the plan: what the person gave, and that the files do not have it."""
        given = f"{self.given}; " if self.given else ""
        return f"{given}a working title that the imported files do not have"
