"""The table of columns in docs/weekly-file.md, made from their definition.

`python -m planner.weekly.column_table docs/weekly-file.md` writes it anew after a column was changed.
"""

import sys
from pathlib import Path

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


def main(arguments: list[str]) -> None:
    """Renew the table in each document named."""
    for name in arguments:
        document = Path(name)
        document.write_text(renewed(document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
