"""The table of columns in docs/findings.md, made from its definition.

`python -m planner.exchange.findings_columns docs/findings.md` writes it anew after a column was changed.
"""

import sys

from planner import made_text
from planner.exchange.findings_table import FINDINGS
from planner.weekly.column_table import table

MADE_BY = "python -m planner.exchange.findings_columns docs/findings.md"


def renewed(text: str) -> str:
    """A document with the table between its markers made anew. Raises ValueError where it has no markers."""
    return made_text.renewed(text, MADE_BY, "\n".join(table(FINDINGS.all_columns)))


if __name__ == "__main__":
    made_text.renew_files(sys.argv[1:], renewed)
