"""The colours of the states in the bars of the brief. They are those of the workbook's charts."""

from planner.domain.symbols import words
from planner.domain.vocabulary import State
from planner.weekly.workbook.charts import COLOURS

_DARK = (State.COMPLETED, State.OVERDUE, State.DROPPED)


def fill_of(state: State) -> str:
    """Return the colour of a state, such as "#A3201D"."""
    return COLOURS[words(state)]


def ink_on(state: State) -> str:
    """Return the colour of a number that stands on the colour of a state."""
    return "#FFFFFF" if state in _DARK else "#1A1A1A"
