"""Generate the tables of columns in the docs from the definition of the columns."""

from typing import Any

from planner.exchange.findings_table import FINDINGS
from planner.exchange.plans_table import PLANS
from planner.tables.columns import Column
from planner.tables.frame import FRAME_COLUMNS
from planner.tables.table import Table
from planner.weekly.contents import SECTIONS


def weekly_tables() -> str:
    """Return the columns of every section, and the columns shared by all sections, as Markdown."""
    parts = [_section(section) for section in SECTIONS]
    parts.append("### The last columns of every section\n\n" + "\n".join(_table(FRAME_COLUMNS)))
    return "\n\n".join(parts)


def findings_table() -> str:
    """Return a Markdown table of the columns that a file of findings has."""
    return "\n".join(_table(FINDINGS.all_columns))


def plans_table() -> str:
    """Return a Markdown table of the columns that a file of plans has."""
    return "\n".join(_table(PLANS.columns))


def _section(section: Table[Any]) -> str:
    key = " and ".join(f"`{name}`" for name in section.key)
    head = f"### `{section.name}`: {section.title}\n\n{section.answers} A row is identified by {key}."
    return "\n".join([head, "", *_table(section.columns)])


def _table(columns: tuple[Column[Any], ...]) -> list[str]:
    """Return the lines of a Markdown table that describes the columns."""
    lines = ["| # | column | holds | what it says |", "|---|---|---|---|"]
    return lines + [
        f"| {number} | `{column.name}` | {column.type} | {column.description} |"
        for number, column in enumerate(columns, 1)
    ]
