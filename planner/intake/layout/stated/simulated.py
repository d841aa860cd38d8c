"""Refusing what was exported from a demonstration: nothing simulated can pass for the plan."""

from collections.abc import Iterable

from planner.base.language import tr
from planner.domain.vocabulary import Basis
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.findings import Findings
from planner.intake.layout.tables import Table
from planner.intake.proposed import Field, Severity
from planner.intake.sheets import Place

# The headings of the columns of exported registers and weekly files that can say it. Any other ends in `_basis`.
_SAY_IT = frozenset({"data", Field.BASIS.value})


def refuse_simulated(tables: Iterable[Table], findings: Findings) -> None:
    """Add an error for each table with rows that say that they are simulated, at the first of them."""
    for table in tables:
        place = _first_simulated(table)
        if place is not None:
            findings.add(_refusal(), place, None, Basis.SIMULATED.value)


def _refusal() -> Doubt:
    return Doubt(
        Severity.ERROR,
        tr("these rows are made-up data of a demonstration, which cannot become part of an office's plan"),
        tr("Import the office's own register. A demonstration's file can be imported into a demonstration only"),
    )


def _first_simulated(table: Table) -> Place | None:
    """Return the first cell that says so. Whatever program saved the file, the word stands in a column of its own."""
    at = [column.headed.number - 1 for column in table.columns if _says_basis(column.headed.heading)]
    for row in table.rows:
        for index in at:
            value = row.values[index] if index < len(row.values) else None
            if isinstance(value, str) and value.strip().casefold() == Basis.SIMULATED.value:
                return table.sheet.place(row.number, index + 1)
    return None


def _says_basis(heading: str) -> bool:
    name = heading.strip().casefold()
    return name in _SAY_IT or name.endswith("_basis")
