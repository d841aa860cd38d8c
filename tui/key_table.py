"""Generates the tables of keys in docs/keys.md from the definition of the keys.

Run `python -m tui.key_table docs/keys.md` to update the file after a key was changed.
"""

import sys

from textual.binding import Binding, BindingType

from planner import made_text
from tui import keys

MADE_BY = "python -m tui.key_table docs/keys.md"

GROUPS: dict[str, list[BindingType]] = {
    "Everywhere": keys.APP,
    "Overview": keys.OVERVIEW,
    "The counts of the overview": keys.COUNTS,
    "Register": keys.REGISTER,
    "Facets of the register": keys.FACETS,
    "Columns of the register": keys.SEVERAL,
    "Saved views": keys.VIEWS,
    "Timeline": keys.TIMELINE,
    "Mandates": keys.MANDATES,
    "Matrix of themes and clauses": keys.MATRIX,
    "Links": keys.LINKS,
    "Findings": keys.FINDINGS,
    "Item": keys.ITEM,
    "Log": keys.LOG,
    "Weekly file": keys.WEEKLY,
    "My week": keys.MY_WEEK,
    "Report form": keys.REPORT,
    "A line of the form": keys.FIELD,
    "A milestone in the form": keys.MILESTONE,
    "Two versions of one item": keys.CONFLICT,
    "A difference between two versions": keys.DIFFERENCE,
    "A window that records something": keys.WRITING,
    "No change": keys.NO_CHANGE,
    "Undo": keys.UNDO,
    "Several items at once": keys.BULK,
    "A choice of answers in the form": keys.CHOICE,
    "Tables": keys.TABLE,
    "Panes": keys.PANE,
    "From pane to pane": keys.FOLD,
    "Copying": keys.COPY,
    "In which form to copy": keys.COPY_AS,
    "Palette": keys.PALETTE,
    "Any small window": keys.DIALOG,
    "Any screen but the first": keys.BACK,
}


def key_tables() -> str:
    """Return a Markdown table for each group of keys."""
    parts = []
    for title, group in GROUPS.items():
        lines = [f"## {title}", "", "| key | what it does | id |", "|---|---|---|"]
        lines += [_row(binding) for binding in group if isinstance(binding, Binding)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _row(binding: Binding) -> str:
    pressed = ", ".join(f"`{_named(key)}`" for key in binding.key.split(","))
    return f"| {pressed} | {binding.tooltip} | `{binding.id}` |"


def _named(key: str) -> str:
    """Return a key in readable form."""
    return {"question_mark": "?", "slash": "/"}.get(key, key)


def renewed(text: str) -> str:
    """Return a document with the tables between its markers updated.

    Raises ValueError if the document has no markers.
    """
    return made_text.renewed(text, MADE_BY, key_tables())


if __name__ == "__main__":
    made_text.renew_files(sys.argv[1:], renewed)
