"""The columns whose values are the same in every row of a file.

They tell the week of each row when rows of several files are put into one table.
"""

from datetime import date

from planner.base.views import value_class
from planner.domain.rules.weeks import Week
from planner.tables import columns
from planner.tables.columns import Column


@value_class
class Frame:
    """The values that are the same in every row of a file: week, as-of date, and whether the data is simulated."""

    week: Week
    as_of: date
    simulated: bool


# The last columns of every table.
FRAME_COLUMNS: tuple[Column[Frame], ...] = (
    columns.text(
        "week",
        lambda frame: str(frame.week),
        "The reporting week (ISO 8601), the same in every row, so that files can be put under each other.",
    ),
    columns.day(
        "as_of",
        lambda frame: frame.as_of,
        "The day everything in the row is as of: the week's Sunday, or an earlier day where the week was not over.",
    ),
    columns.word(
        "data",
        lambda frame: "simulated" if frame.simulated else "register",
        "`register` for an office's register; `simulated` for a demonstration, whose reports, dates and values are "
        "made up.",
        one_of=("register", "simulated"),
    ),
)
