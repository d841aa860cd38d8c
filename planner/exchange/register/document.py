"""The register as one JSON document, and its form (docs/json.md)."""

from typing import TYPE_CHECKING, Any

from planner.base.views import view
from planner.exchange.json_bytes import without_nulls
from planner.exchange.register.tables import LINE_END, RegisterTable
from planner.intake.files.register_file import FORMAT
from planner.register.plan_view import PlanView
from planner.tables.columns import Column, values

if TYPE_CHECKING:
    from collections.abc import Sequence

# The fields whose cells can have several texts.
_LISTS = frozenset({"supporting", "theme", "parent", "comes_from", "became"})


@view
class _Row:
    columns: "Sequence[Column[Any]]"
    row: Any


def register_document(tables: "Sequence[RegisterTable]", plan: PlanView) -> dict[str, Any]:
    """Return the document. Each table is a list of rows, which `row_values` makes objects when they are written."""
    document: dict[str, Any] = {"format": FORMAT, "plan": _plan_values(plan)}
    for table in tables:
        document[table.name] = [_Row(table.columns, row) for row in table.rows]
    return document


def _plan_values(plan: PlanView) -> dict[str, Any]:
    return without_nulls(
        {
            "key": plan.key,
            "title": plan.title,
            "year": plan.year,
            "starts": str(plan.starts),
            "ends": str(plan.ends),
            "time_zone": plan.time_zone,
            "issuer": plan.issuer,
            "simulated": plan.simulated or None,
            "totals": dict(plan.totals) or None,
        }
    )


def row_values(made: Any) -> dict[str, Any]:
    """Return the fields of a row that are not empty."""
    found = without_nulls(values(made.columns, made.row))
    return {
        str(name): value.split(LINE_END) if name in _LISTS else value if isinstance(value, int | float) else str(value)
        for name, value in found.items()
    }
