"""Making a proposed register from the sheets of an import."""

from collections.abc import Iterable, Mapping

from planner.intake.layout.plan_facts import PlanFacts
from planner.intake.proposed import Field, ProposedRegister
from planner.intake.sheets import Sheet

# The field for each heading. None means that the column is not imported.
Mapped = Mapping[str, Field | None]


def propose(
    sheets: Iterable[Sheet],
    plan: PlanFacts,
    *,
    mapping: Mapped | None = None,
    kept: Mapping[str, Mapped] | None = None,
    answers: Mapping[str, str] | None = None,
) -> ProposedRegister:
    """Return the register that the sheets of an import propose together.

    `mapping` is what the person says about headings in this import. `kept` are mappings of earlier imports, by the
    shape of a table. `answers` are given to questions, by the key of the problem that asks.
    """
    register = ProposedRegister()
    for sheet in sheets:
        register.ignored.extend((sheet.place(row.number), "") for row in sheet.rows)
    return register
