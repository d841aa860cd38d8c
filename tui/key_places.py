"""The groups of keys that are active together, for each screen and each part of it that can have the focus."""

from textual.binding import Binding, BindingType

from tui import keys

Groups = tuple[list[BindingType], ...]

# The app's own keys that are also active in a form. Keys that leave the form are not among them.
_LASTING = [binding for binding in keys.APP if isinstance(binding, Binding) and (binding.id or "").startswith("app.")]

# For each screen, by the name in its masthead: its own groups, and the groups of each part that can have the focus.
SCREENS: dict[str, tuple[Groups, tuple[Groups, ...]]] = {
    "Overview": ((keys.OVERVIEW, keys.FOLD), ((keys.TABLE,), (keys.TABLE, keys.COUNTS))),
    "Register": ((keys.REGISTER, keys.BACK), ((keys.TABLE,), (keys.TABLE, keys.FACETS))),
    "Timeline": ((keys.TIMELINE, keys.BACK), ((keys.TABLE,),)),
    "Mandates": ((keys.MANDATES, keys.FOLD, keys.BACK), ((keys.TABLE,), (keys.TABLE, keys.MATRIX), (keys.PANE,))),
    "Weekly file": ((keys.WEEKLY, keys.BACK), ((keys.TABLE,), (keys.PANE,))),
    "Log": ((keys.LOG, keys.FOLD, keys.BACK), ((keys.TABLE,), (keys.PANE,))),
    "My week": ((keys.MY_WEEK, keys.BACK), ((keys.TABLE,), (keys.PANE,))),
    "Links": ((keys.LINKS, keys.BACK), ((keys.TABLE,), (keys.PANE,))),
    "Findings": ((keys.FINDINGS, keys.FOLD, keys.BACK), ((keys.TABLE,), (keys.PANE,))),
    "Item": ((keys.ITEM, keys.FOLD, keys.BACK), ((keys.PANE,),)),
    "Help": ((keys.BACK,), ((keys.PANE,),)),
}

FORMS: dict[str, tuple[Groups, tuple[Groups, ...]]] = {
    "Report": ((keys.REPORT, keys.BACK), ((keys.CHOICE,), (keys.FIELD,), (keys.MILESTONE,))),
    "Several items": ((keys.BULK, keys.BACK), ((keys.CHOICE,), (keys.FIELD,), (keys.TABLE,))),
    "Two versions": ((keys.CONFLICT, keys.BACK), ((keys.DIFFERENCE,),)),
}

# Dialogs, in which only their own keys are active.
WINDOWS: dict[str, Groups] = {
    "Copy as": (keys.COPY_AS, keys.DIALOG),
    "Palette": (keys.PALETTE, keys.DIALOG),
    "No change": (keys.NO_CHANGE, keys.DIALOG),
    "Undo": (keys.UNDO, keys.DIALOG),
    "Acceptance of a finding": (keys.WRITING, keys.FIELD, keys.DIALOG),
    "Review of a link": (keys.WRITING, keys.CHOICE, keys.DIALOG),
    "Columns": (keys.SEVERAL, keys.TABLE, keys.DIALOG),
    "Saved views": (keys.VIEWS, keys.TABLE, keys.DIALOG),
}


def places() -> dict[str, list[frozenset[str]]]:
    """Return, for each screen or dialog by name, the sets of binding ids that are active together."""
    found = {name: [_ids(groups)] for name, groups in WINDOWS.items()}
    for common, screens in (((keys.APP, keys.COPY), SCREENS), ((_LASTING, keys.COPY), FORMS)):
        for name, (own, parts) in screens.items():
            found[name] = [_ids((*common, *own, *part)) for part in parts]
    return found


def _ids(groups: Groups) -> frozenset[str]:
    return frozenset(binding.id for group in groups for binding in group if isinstance(binding, Binding) and binding.id)
