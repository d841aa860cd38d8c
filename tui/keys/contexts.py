"""The groups of key bindings that are active at the same time, by screen and by the part of it that has the focus."""

from textual.binding import Binding, BindingType

from tui.keys import bindings

Groups = tuple[list[BindingType], ...]

# The app's own keys that are also active in a form. Keys that leave the form are not among them.
_LASTING = [
    binding for binding in bindings.APP if isinstance(binding, Binding) and (binding.id or "").startswith("app.")
]

# For each screen, by the name in its masthead: its own groups, and the groups of each part that can have the focus.
SCREENS: dict[str, tuple[Groups, tuple[Groups, ...]]] = {
    "Overview": ((bindings.OVERVIEW, bindings.FOLD), ((bindings.TABLE,), (bindings.TABLE, bindings.COUNTS))),
    "Register": ((bindings.REGISTER, bindings.BACK), ((bindings.TABLE,), (bindings.TABLE, bindings.FACETS))),
    "Timeline": ((bindings.TIMELINE, bindings.BACK), ((bindings.TABLE,),)),
    "Mandates": (
        (bindings.MANDATES, bindings.FOLD, bindings.BACK),
        ((bindings.TABLE,), (bindings.TABLE, bindings.MATRIX), (bindings.PANE,)),
    ),
    "Weekly file": ((bindings.WEEKLY, bindings.BACK), ((bindings.TABLE,), (bindings.PANE,))),
    "Log": ((bindings.LOG, bindings.FOLD, bindings.BACK), ((bindings.TABLE,), (bindings.PANE,))),
    "My week": ((bindings.MY_WEEK, bindings.BACK), ((bindings.TABLE,), (bindings.PANE,))),
    "Links": ((bindings.LINKS, bindings.BACK), ((bindings.TABLE,), (bindings.PANE,))),
    "Findings": ((bindings.FINDINGS, bindings.FOLD, bindings.BACK), ((bindings.TABLE,), (bindings.PANE,))),
    "Not set up yet": ((bindings.BACK,), ((bindings.PANE,),)),
    "Item": ((bindings.ITEM, bindings.FOLD, bindings.BACK), ((bindings.PANE,),)),
    "Help": ((bindings.BACK,), ((bindings.PANE,),)),
}

FORMS: dict[str, tuple[Groups, tuple[Groups, ...]]] = {
    "Report": ((bindings.REPORT, bindings.BACK), ((bindings.CHOICE,), (bindings.FIELD,), (bindings.MILESTONE,))),
    "Several items": ((bindings.BULK, bindings.BACK), ((bindings.CHOICE,), (bindings.FIELD,), (bindings.TABLE,))),
    "Import": ((bindings.IMPORT, bindings.FOLD, bindings.BACK), ((bindings.TABLE,), (bindings.PANE,))),
    "Two versions": ((bindings.CONFLICT, bindings.BACK), ((bindings.DIFFERENCE,),)),
}

# Dialogs, in which only their own keys are active.
WINDOWS: dict[str, Groups] = {
    "Copy as": (bindings.COPY_AS, bindings.DIALOG),
    "Palette": (bindings.PALETTE, bindings.DIALOG),
    "No change": (bindings.NO_CHANGE, bindings.DIALOG),
    "Confirming an ending": (bindings.CONFIRM_ENDING, bindings.DIALOG),
    "Files to import": (bindings.PATH, bindings.DIALOG),
    "Confirming an import": (bindings.IMPORT_NOW, bindings.DIALOG),
    "Why a form does not open": (bindings.REFUSED, bindings.DIALOG),
    "Tour": (bindings.TOUR, bindings.DIALOG),
    "Undo": (bindings.UNDO, bindings.DIALOG),
    "Acceptance of a finding": (bindings.WRITING, bindings.FIELD, bindings.DIALOG),
    "Review of a link": (bindings.WRITING, bindings.CHOICE, bindings.DIALOG),
    "Act": (bindings.WRITING, bindings.FIELD, bindings.PICK, bindings.DIALOG),
    "Confirming an act": (bindings.CONFIRM_ACT, bindings.DIALOG),
    "Columns": (bindings.SEVERAL, bindings.TABLE, bindings.DIALOG),
    "Saved views": (bindings.VIEWS, bindings.TABLE, bindings.DIALOG),
}


def places() -> dict[str, list[frozenset[str]]]:
    """Return the ids of the key bindings that are active at the same time, by the name of the screen or dialog.

    Each screen has one set of ids for each of its parts that can have the focus.
    """
    found = {name: [_ids(groups)] for name, groups in WINDOWS.items()}
    for common, screens in (((bindings.APP, bindings.COPY), SCREENS), ((_LASTING, bindings.COPY), FORMS)):
        for name, (own, parts) in screens.items():
            found[name] = [_ids((*common, *own, *part)) for part in parts]
    return found


def _ids(groups: Groups) -> frozenset[str]:
    return frozenset(binding.id for group in groups for binding in group if isinstance(binding, Binding) and binding.id)
