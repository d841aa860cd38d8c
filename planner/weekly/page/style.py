"""The additions of the weekly page to the shared style sheet: print margins and column names."""

from collections.abc import Sequence

from planner.base.visible_text import visible
from planner.pages.style import css_text, edges, sheet, style_variables
from planner.weekly.page.tables import ColumnHeader, Table
from planner.weekly.reading import Instance

# Unicode isolates around the plan's title in the page margin, where no HTML element can isolate its writing direction.
_ISOLATED, _END = "\u2068", "\u2069"


def page_style(instance: Instance, tables: Sequence[Table]) -> dict[str, str]:
    """Return the template variables with the style sheet and the security policy of a page.

    Column names are needed for tables laid out as blocks, where each cell is preceded by the name of its column.
    """
    plan = instance.plan
    footer = f"{_ISOLATED}{visible(instance.title)}{_END} · {instance.week} · as of {instance.as_of}"
    names = (_names(table) for table in tables if table.layout == "blocks")
    brief = sheet("planner.weekly.page", "brief.css")
    return style_variables(brief, edges(footer, simulated=plan.simulated), *names)


def _names(table: Table) -> str:
    cells = "\n".join(_name(table.name, place, head) for place, head in enumerate(table.heads, 1))
    return f"@media print, (max-width: 700px) {{\n{cells}\n}}"


def _name(table: str, place: int, head: ColumnHeader) -> str:
    """Return the CSS that puts the name of a column before each of its cells.

    The first column needs no name, because its cells identify the row. Cells of key columns are bold.
    """
    cells = f"#table-{table} tbody > tr > :nth-child({place})"
    name = f"{cells}::before {{ content: {css_text(head.title + ': ')}; }}" if place > 1 else ""
    return f"{name} {cells} {{ font-weight: 600; }}" if head.key else name
