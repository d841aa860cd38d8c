"""The page's style: one sheet inside it, and the policy that lets a browser take that sheet and nothing else."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from importlib.resources import files

from planner.visible_text import visible
from planner.weekly.page.tables import Head, Table
from planner.weekly.reading import Instance

SHEET = "page.css"
# What the plan's title is in at the edge of paper, where no element can hold its direction of writing together.
_ISOLATED, _END = "\u2068", "\u2069"


def style_of(instance: Instance, tables: Sequence[Table]) -> str:
    """The sheet: what is the same for every page, what stands at the edges of paper, the names of columns in blocks."""
    sheet = files("planner.weekly.page").joinpath(SHEET).read_text(encoding="utf-8")
    plan = instance.plan
    told = f"{_ISOLATED}{visible(plan.title)}{_END} · {instance.week} · as of {instance.as_of}"
    at_edges = edges(told, simulated=plan.simulated)
    return "\n".join([sheet, at_edges, *(_names(table) for table in tables if table.layout == "blocks")])


def policy(style: str) -> str:
    """The content security policy: no script, no network, no other style than this one."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def edges(told: str, *, simulated: bool) -> str:
    """What each sheet of paper has at its edges: what it is, as `told`, and that it is simulated where it is."""
    above = " @top-center { content: 'SIMULATED DATA'; }" if simulated else ""
    return f"@page {{ @bottom-left {{ content: {css_text(told)}; }}{above} }}"


def _names(table: Table) -> str:
    cells = "\n".join(_name(table.name, place, head) for place, head in enumerate(table.heads, 1))
    return f"@media print, (max-width: 700px) {{\n{cells}\n}}"


def _name(table: str, place: int, head: Head) -> str:
    """The name before a column's cells, which the first needs none of; what tells a row from the others stands out."""
    cells = f"#table-{table} tbody > tr > :nth-child({place})"
    name = f"{cells}::before {{ content: {css_text(head.title + ': ')}; }}" if place > 1 else ""
    return f"{name} {cells} {{ font-weight: 600; }}" if head.key else name


def css_text(text: str) -> str:
    """A text as CSS has it: every character but letters and digits of ASCII by its number, so that none ends it."""
    kept = (
        character if character.isascii() and character.isalnum() else f"\\{ord(character):x} " for character in text
    )
    return f'"{"".join(kept)}"'
