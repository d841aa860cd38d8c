"""Generate the tables of columns in docs/weekly-file.md, one table per section, from the definition of the columns.

After changing a column, run `python -m planner.weekly.column_table docs/weekly-file.md` to update the document.
"""

import sys
from typing import Any

from planner.base import generated_text
from planner.weekly.contents import SECTIONS
from planner.weekly.table import FRAME_COLUMNS, Column, Section

MADE_BY = "python -m planner.weekly.column_table docs/weekly-file.md"


def column_tables() -> str:
    """Return the columns of every section, and the columns shared by all sections, as Markdown."""
    parts = [_section(section) for section in SECTIONS]
    parts.append("### The last columns of every section\n\n" + "\n".join(table(FRAME_COLUMNS)))
    return "\n\n".join(parts)


def _section(section: Section[Any]) -> str:
    key = " and ".join(f"`{name}`" for name in section.key)
    head = f"### `{section.name}`: {section.title}\n\n{section.answers} A row is told from the others by {key}."
    return "\n".join([head, "", *table(section.columns)])


def table(columns: tuple[Column[Any], ...]) -> list[str]:
    """Return the lines of a Markdown table that describes the columns."""
    lines = ["| # | column | holds | what it says |", "|---|---|---|---|"]
    return lines + [
        f"| {number} | `{column.name}` | {column.type} | {column.description} |"
        for number, column in enumerate(columns, 1)
    ]


def renewed(text: str) -> str:
    """Return the document with the tables between its markers updated.

    Raises ValueError if the document has no markers.
    """
    return generated_text.renewed(text, MADE_BY, column_tables())


if __name__ == "__main__":
    generated_text.renew_files(sys.argv[1:], renewed)
