"""The table of columns in docs/weekly-file.md, made from their definition.

`python -m planner.weekly.column_table docs/weekly-file.md` writes it anew after a column was changed.
"""

import sys

from planner import made_text
from planner.weekly.columns import COLUMNS

MADE_BY = "python -m planner.weekly.column_table docs/weekly-file.md"


def column_table() -> str:
    """The table in Markdown."""
    lines = ["| # | column | holds | what it says |", "|---|---|---|---|"]
    lines += [
        f"| {number} | `{column.name}` | {column.type} | {column.description} |"
        for number, column in enumerate(COLUMNS, 1)
    ]
    return "\n".join(lines)


def renewed(text: str) -> str:
    """A document with the table between its markers made anew. Raises ValueError where it has no markers."""
    return made_text.renewed(text, MADE_BY, column_table())


if __name__ == "__main__":
    made_text.renew_files(sys.argv[1:], renewed)
