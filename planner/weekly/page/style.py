"""The page's single style sheet, and the security policy that allows the browser to use this sheet and nothing else."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from importlib.resources import files

from planner.base.visible_text import visible
from planner.weekly.page.tables import Head, Table
from planner.weekly.reading import Instance

SHEET = "page.css"
# Unicode isolates around the plan's title in the page margin, where no HTML element can isolate its writing direction.
_ISOLATED, _END = "\u2068", "\u2069"


def style_of(instance: Instance, tables: Sequence[Table]) -> str:
    """Return the style sheet of a page: the common rules, the text in the print margins, and the column names.

    Column names are needed for tables laid out as blocks, where each cell is preceded by the name of its column.
    """
    sheet = files("planner.weekly.page").joinpath(SHEET).read_text(encoding="utf-8")
    plan = instance.plan
    footer = f"{_ISOLATED}{visible(plan.title)}{_END} · {instance.week} · as of {instance.as_of}"
    at_edges = edges(footer, simulated=plan.simulated)
    return "\n".join([sheet, at_edges, *(_names(table) for table in tables if table.layout == "blocks")])


def policy(style: str) -> str:
    """Return the content security policy: no scripts, no network, and no style sheet but this one."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # docs/decisions/0077: a page must be safe to open and look the same in ten years.
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def edges(footer: str, *, simulated: bool) -> str:
    """Return the CSS for the margins of printed pages: the footer, and a warning at the top if data is simulated."""
    above = " @top-center { content: 'SIMULATED DATA'; }" if simulated else ""
    return f"@page {{ @bottom-left {{ content: {css_text(footer)}; }}{above} }}"


def _names(table: Table) -> str:
    cells = "\n".join(_name(table.name, place, head) for place, head in enumerate(table.heads, 1))
    return f"@media print, (max-width: 700px) {{\n{cells}\n}}"


def _name(table: str, place: int, head: Head) -> str:
    """Return the CSS that puts a column's name before its cells.

    The first column has no name, because its cells identify the row. Key columns are set in bold.
    """
    cells = f"#table-{table} tbody > tr > :nth-child({place})"
    name = f"{cells}::before {{ content: {css_text(head.title + ': ')}; }}" if place > 1 else ""
    return f"{name} {cells} {{ font-weight: 600; }}" if head.key else name


def css_text(text: str) -> str:
    """Return a text as a CSS string.

    Every character except ASCII letters and digits is written as its code point, so that no character can end the
    string.
    """
    kept = (
        character if character.isascii() and character.isalnum() else f"\\{ord(character):x} " for character in text
    )
    return f'"{"".join(kept)}"'
