"""The words of an import in the history: where a value comes from, and how it was inferred.

They are stored, so they are the same in every language of the program.
"""

from collections.abc import Mapping

from planner.base.texts import END_SIGNS
from planner.base.views import value_class
from planner.intake.proposed import Field
from planner.intake.sheets import Place

_ENDS = f"{END_SIGNS}:： "


@value_class
class Reasons:
    """Makes the reasons of one import. `given` is the reason that a person gave for all of it, if any."""

    given: str | None = None

    def of(self, place: Place, inferred: Mapping[Field, str] | None = None) -> str:
        """Return the reason of an event: what the person gave, the place in the file, and how values were inferred."""
        notes = "".join(f"; {fact}: {note}" for fact, note in (inferred or {}).items())
        return f"{self._begins}imported from {place}{notes}"

    @property
    def of_removed(self) -> str:
        """The reason for an item that leaves the plan: what the person gave, and that the files do not have it."""
        return f"{self._begins}a working title that the imported files do not have"

    @property
    def _begins(self) -> str:
        """What the person gave, without the sign that ends a sentence, because the reason goes on."""
        given = (self.given or "").rstrip(_ENDS)
        return f"{given}; " if given else ""
