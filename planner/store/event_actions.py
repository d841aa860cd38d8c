"""The actions of events that reads ask for. The module is apart from the journal, so that reads need not import it."""

# The action of events for rows that were loaded from data files.
SEED = "seed"

# The actions of events of an import from the office's own files, and of undoing an import.
IMPORT = "import"
UNDO_IMPORT = "undo-import"

# The actions of events that make an assumed date the office's, and of undoing this.
CONFIRM_DATE = "confirm-date"
UNDO_CONFIRM_DATE = "undo-confirm-date"
