"""The tables of columns in docs/weekly-file.md, one per section, made from their definition.

`python -m planner.weekly.column_table docs/weekly-file.md` writes them anew after a column was changed.
"""

import sys
from typing import Any

from planner import made_text
from planner.weekly.contents import SECTIONS
from planner.weekly.table import FRAME_COLUMNS, Column, Section

MADE_BY = "python -m planner.weekly.column_table docs/weekly-file.md"


def column_tables() -> str:
    """Every section with its columns, and the columns that all of them end with, in Markdown."""
    parts = [_section(section) for section in SECTIONS]
    parts.append("### The last columns of every section\n\n" + "\n".join(table(FRAME_COLUMNS)))
    return "\n\n".join(parts)


def _section(section: Section[Any]) -> str:
    key = " and ".join(f"`{name}`" for name in section.key)
    head = f"### `{section.name}`: {section.title}\n\n{section.answers} A row is told from the others by {key}."
    return "\n".join([head, "", *table(section.columns)])


def table(columns: tuple[Column[Any], ...]) -> list[str]:
    """Columns as the lines of a table in Markdown."""
    lines = ["| # | column | holds | what it says |", "|---|---|---|---|"]
    return lines + [
        f"| {number} | `{column.name}` | {column.type} | {column.description} |"
        for number, column in enumerate(columns, 1)
    ]


def renewed(text: str) -> str:
    """A document with the tables between its markers made anew. Raises ValueError where it has no markers."""
    return made_text.renewed(text, MADE_BY, column_tables())


if __name__ == "__main__":
    made_text.renew_files(sys.argv[1:], renewed)
