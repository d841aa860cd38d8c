"""Sheets written as plain text: a line for each row, with | between the cells."""

from datetime import date

from planner.intake.layout.plan_facts import PlanFacts
from planner.intake.layout.proposing import propose
from planner.intake.proposed import Field, ProposedItem, ProposedRegister
from planner.intake.sheets import Merged, Row, Sheet, Value

PLAN = PlanFacts(date(2027, 1, 1), date(2027, 12, 31))


def sheet_of(text: str, name: str = "", *, file: str = "plan.csv", merged: tuple[Merged, ...] = ()) -> Sheet:
    r"""Make a sheet. A blank line is a blank row, and \n in a cell is a line end."""
    return sheet_of_rows(
        [
            tuple(cell.strip().replace("\\n", "\n") or None for cell in line.split("|"))
            for line in text.strip("\n").split("\n")
        ],
        name,
        file=file,
        merged=merged,
    )


def sheet_of_rows(
    rows: list[tuple[Value, ...]], name: str = "", *, file: str = "plan.csv", merged: tuple[Merged, ...] = ()
) -> Sheet:
    """Make a sheet of rows of values. Rows without values are left out, but count."""
    numbered = (Row(number, values) for number, values in enumerate(rows, 1))
    return Sheet(file, name, [row for row in numbered if any(value is not None for value in row.values)], merged)


def proposed(*sheets: str | Sheet, plan: PlanFacts = PLAN, **given) -> ProposedRegister:
    """Propose a register from sheets."""
    return propose([sheet_of(one) if isinstance(one, str) else one for one in sheets], plan, **given)


def value(item: ProposedItem, field: Field) -> object:
    """Return the value of an item's field, or None if the file does not have it."""
    given = item.facts.get(field)
    return given.value if given is not None else None


def values(register: ProposedRegister, *fields: Field) -> list[tuple[object, ...]]:
    """Return the values of some fields of all items."""
    return [tuple(value(item, field) for field in fields) for item in register.items]


def problems(register: ProposedRegister) -> list[tuple[str, str]]:
    """Return the severity and the key of each problem."""
    return [(problem.severity.value, problem.key) for problem in register.problems]
