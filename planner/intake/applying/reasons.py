"""The words of an import in the history: where a value comes from, and how it was inferred.

They are stored, so they are the same in every language of the program.
"""

from collections.abc import Mapping

from planner.intake.proposed import Field
from planner.intake.sheets import Place


def reason_of(place: Place, inferred: Mapping[Field, str] | None = None) -> str:
    """Return the reason of an event: the place in the file, and how values were inferred, by field."""
    notes = "".join(f"; {fact}: {note}" for fact, note in (inferred or {}).items())
    return f"imported from {place}{notes}"
