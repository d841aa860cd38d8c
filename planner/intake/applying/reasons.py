"""The words of an import in the history: where a value comes from, and how it was inferred.

They are stored, so they are the same in every language of the program.
"""

from collections.abc import Mapping
from datetime import date

from planner.base.formats import plain_number
from planner.intake.comparing.preview import Stored
from planner.intake.proposed import Field
from planner.intake.sheets import Place


def reason_of(place: Place, inferred: Mapping[Field, str] | None = None) -> str:
    """Return the reason of an event: the place in the file, and how values were inferred, by field."""
    notes = "".join(f"; {fact}: {note}" for fact, note in (inferred or {}).items())
    return f"imported from {place}{notes}"


def as_history(value: Stored) -> str | None:
    """Return a stored value as the history of an item keeps it."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float):
        return plain_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)
