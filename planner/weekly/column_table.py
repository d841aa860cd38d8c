"""The table of columns in docs/weekly-file.md, made from their definition.

`python -m planner.weekly.column_table docs/weekly-file.md` writes it anew after a column was changed.
"""

import sys
from pathlib import Path

from planner.weekly.columns import COLUMNS

BEGIN = "<!-- columns: made by python -m planner.weekly.column_table docs/weekly-file.md -->"
END = "<!-- end of columns -->"


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
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the document needs the lines {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}\n\n{column_table()}\n\n{END}{after}"


def main(arguments: list[str]) -> None:
    """Renew the table in each document named."""
    for name in arguments:
        document = Path(name)
        document.write_text(renewed(document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
