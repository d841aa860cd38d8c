"""Generate the table of columns in docs/findings.md from the definition of the columns.

After changing a column, run `python -m planner.exchange.findings_columns docs/findings.md` to update the document.
"""

import sys

from planner.base import generated_text
from planner.exchange.findings_table import FINDINGS
from planner.weekly.column_table import table

MADE_BY = "python -m planner.exchange.findings_columns docs/findings.md"


def renewed(text: str) -> str:
    """Return the document with the table between its markers updated. Raises ValueError if it has no markers."""
    return generated_text.renewed(text, MADE_BY, "\n".join(table(FINDINGS.all_columns)))


if __name__ == "__main__":
    generated_text.renew_files(sys.argv[1:], renewed)
