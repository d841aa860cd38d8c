"""A state as people see it: symbol, word, colour; never colour alone. Shared by the command line and the app."""

# The symbol of each word of the vocabularies, and its colour as a rich style.
SYMBOLS: dict[str, tuple[str, str]] = {
    "not_started": ("○", "dim"),
    "in_progress": ("◐", "cyan"),
    "suspended": ("‖", "magenta"),
    "completed": ("●", "green"),
    "cancelled": ("×", "dim"),
    "merged": ("⇢", "dim"),
    "green": ("▲", "green"),
    "amber": ("◆", "yellow"),
    "red": ("▼", "red"),
    "on_track": ("✓", "green"),
    "behind": ("◔", "yellow"),
    "off_track": ("!", "red"),
    "overdue": ("‼", "bold red"),
    "none": ("·", "dim"),
    "reported": ("✓", "green"),
    "due": ("…", "yellow"),
    "stale": ("◷", "red"),
    "never": ("∅", "red"),
    "not_owed": ("·", "dim"),
}


def words(value: str) -> str:
    """A word of a vocabulary as people read it."""
    return value.replace("_", " ")
