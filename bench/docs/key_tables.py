"""Generate the tables in docs/keys.md from the definition of the key bindings."""

from textual.binding import Binding, BindingType

from tui.keys import bindings

GROUPS: dict[str, list[BindingType]] = {
    "Everywhere": bindings.APP,
    "Overview": bindings.OVERVIEW,
    "The counts of the overview": bindings.COUNTS,
    "Register": bindings.REGISTER,
    "Facets of the register": bindings.FACETS,
    "Columns of the register": bindings.SEVERAL,
    "Saved views": bindings.VIEWS,
    "Timeline": bindings.TIMELINE,
    "Mandates": bindings.MANDATES,
    "Matrix of themes and clauses": bindings.MATRIX,
    "Links": bindings.LINKS,
    "Findings": bindings.FINDINGS,
    "Item": bindings.ITEM,
    "Log": bindings.LOG,
    "Weekly file": bindings.WEEKLY,
    "My week": bindings.MY_WEEK,
    "Report form": bindings.REPORT,
    "A line of the form": bindings.FIELD,
    "A field with a list of values": bindings.PICK,
    "A milestone in the form": bindings.MILESTONE,
    "Two versions of one item": bindings.CONFLICT,
    "A difference between two versions": bindings.DIFFERENCE,
    "A window that records something": bindings.WRITING,
    "No change": bindings.NO_CHANGE,
    "Confirming an ending": bindings.CONFIRM_ENDING,
    "Undo": bindings.UNDO,
    "Tour": bindings.TOUR,
    "Why a form does not open": bindings.REFUSED,
    "Several items at once": bindings.BULK,
    "Import": bindings.IMPORT,
    "Files to import": bindings.PATH,
    "Confirming an import": bindings.IMPORT_NOW,
    "Confirming a change of the plan": bindings.CONFIRM_ACT,
    "A choice of answers in the form": bindings.CHOICE,
    "Tables": bindings.TABLE,
    "Panes": bindings.PANE,
    "From pane to pane": bindings.FOLD,
    "Copying": bindings.COPY,
    "In which form to copy": bindings.COPY_AS,
    "Palette": bindings.PALETTE,
    "Any small window": bindings.DIALOG,
    "Any screen but the first": bindings.BACK,
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
