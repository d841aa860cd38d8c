"""A state as people see it: symbol, word, colour; never colour alone. Shared by the command line and the app."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

_Word = TypeVar("_Word", bound=StrEnum)

# What every screen and file of a demonstration says.
MADE_UP = "Demonstration data: reports, dates and values are made up."
SIMULATED = f"SIMULATED. {MADE_UP}"

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
    "unreported": ("…", "yellow"),
    "silent": ("∅", "red"),
    "contradiction": ("≠", "red"),
    "awaiting": ("◎", "cyan"),
    "confirmed": ("✓", "green"),
    "missed": ("‼", "bold red"),
    "likely_late": ("!", "red"),
    "may_be_late": ("◔", "yellow"),
    "likely_in_time": ("✓", "green"),
    "no_outlook": ("?", "dim"),
    "done": ("●", "green"),
    "anchored": ("✓", "green"),
    "chained": ("◔", "yellow"),
    "broken": ("‼", "bold red"),
    "unreviewed": ("?", "yellow"),
    "suspect": ("≠", "bold red"),
    "accepted": ("✓", "green"),
    "changed": ("±", "green"),
    "rejected": ("×", "dim"),
    "machine-made": ("?", "yellow"),
    "open": ("○", "yellow"),
    "adopted": ("✓", "green"),
    "dropped": ("×", "dim"),
}

# How a page colours what the terminal has in a style: the classes of the pages' sheets.
TONES = {
    "green": "good",
    "yellow": "warn",
    "red": "bad",
    "bold red": "worst",
    "cyan": "going",
    "magenta": "halted",
    "dim": "calm",
}

# Whether a finding is open or accepted, and its colour.
FINDING_SIGNS: dict[str, tuple[str, str]] = {"open": ("!", "red"), "accepted": ("✓", "green")}

# What stands in the cells of a timeline, and its colour.
TIMELINE_SIGNS: dict[str, tuple[str, str]] = {
    "nothing": (" ", ""),
    "span": ("─", "dim"),
    "start": ("├", "dim"),
    "today": ("│", "yellow"),
    "baseline_due": ("┊", "yellow"),
    "due_date": ("┤", "cyan"),
    "baseline": ("◌", "yellow"),
    "lapsed": ("×", "dim"),
    "met": ("✓", "green"),
    "open": ("○", "cyan"),
    "overdue": ("‼", "bold red"),
}

# What the legend of a timeline calls them, in its order.
TIMELINE_LEGEND = {
    "met": "met",
    "open": "open",
    "overdue": "overdue",
    "lapsed": "lapsed",
    "baseline": "moved from",
    "due_date": "due",
    "baseline_due": "was due",
    "today": "today",
}

# What stands in the line of an outlook, and its colour; the legend calls them by these names.
OUTLOOK_SIGNS: dict[str, tuple[str, str]] = {
    "today": ("│", "yellow"),
    "until then": ("·", "dim"),
    "range": ("━", "magenta"),
    "due": ("┤", "cyan"),
    "likely": ("◆", "bold magenta"),
    "likely beyond the edge": ("→", "bold magenta"),
}


def words(value: str) -> str:
    """A word of a vocabulary as people read it."""
    return value.replace("_", " ")


def marked(value: str) -> str:
    """A word of a vocabulary with its symbol, for lines of plain text."""
    return f"{SYMBOLS[value][0]} {words(value)}"


def shares(counts: Mapping[_Word, int], width: int) -> dict[_Word, int]:
    """How many of `width` cells each word's count takes: together all of them, and each that is there at least one.

    Where there are fewer cells than words, the greatest counts have them. Nothing where nothing is counted.
    """
    greatest = sorted((word for word in counts if counts[word]), key=lambda word: -counts[word])[:width]
    spare, total = width - len(greatest), sum(counts[word] for word in greatest)
    exact = {word: counts[word] * spare / total for word in greatest}
    cells = {word: 1 + int(exact[word]) for word in greatest}
    for word in sorted(greatest, key=lambda word: int(exact[word]) - exact[word])[: width - sum(cells.values())]:
        cells[word] += 1
    return {word: cells[word] for word in counts if word in cells}
