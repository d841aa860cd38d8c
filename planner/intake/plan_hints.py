"""What the files of a register say of their plan: its title above the table, and the year of its dates."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from planner.base.views import value_class
from planner.intake.layout.headers import filled
from planner.intake.layout.plan_facts import PlanFacts
from planner.intake.layout.tables import TableFinder
from planner.intake.sheets import Place, Row, Sheet, Value
from planner.writes.plans.new_plan import years_in

# A title is one line of at least this many characters, and a cell with a date has at most so many.
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 120
_LONGEST_DATE = 24
# So many rows of a sheet show the years of its dates.
_SAMPLE = 2_000


@value_class
class PlanHints:
    """The title that the files give their plan and its place, or None, and the years in their dates."""

    title: str | None
    place: Place | None
    years: frozenset[int]


def read_hints(sheets: Sequence[Sheet], today: date) -> PlanHints:
    """Return what the sheets of an import say of their plan. A person confirms it, or sees what was taken."""
    finder = TableFinder(PlanFacts(today, today), frozenset(), {}, {}, {})
    for sheet in sheets:
        for table in finder.find(sheet).tables:
            found = next(_titles(table.above), None)
            if found is not None:
                row, column, title = found
                return PlanHints(title, sheet.place(row, column), _years(sheets))
    return PlanHints(None, None, _years(sheets))


def _titles(rows: Iterable[Row]) -> Iterator[tuple[int, int, str]]:
    """Yield the texts that stand alone in a row above a table, with their places."""
    for row in rows:
        at = filled(row.values)
        value = row.values[at[0]] if len(at) == 1 else None
        if isinstance(value, str) and "\n" not in value and _SHORTEST_TITLE <= len(value.strip()) <= _LONGEST_TITLE:
            yield row.number, at[0] + 1, value.strip()


def _years(sheets: Iterable[Sheet]) -> frozenset[int]:
    return frozenset(
        year for sheet in sheets for row in sheet.rows[:_SAMPLE] for value in row.values for year in _of(value)
    )


def _of(value: Value) -> list[int]:
    if isinstance(value, date):
        return [value.year]
    # A longer text is no date, and may name years of other things.
    return years_in(value) if isinstance(value, str) and len(value) <= _LONGEST_DATE else []
