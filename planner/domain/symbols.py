"""How commands and the app show states: with a symbol, a word and a colour, never with a colour alone."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from planner.base.language import later, tr, tr_later
from planner.domain.plain_words import mark
from planner.domain.vocabulary import Asked, Cadence, Schedule

_Word = TypeVar("_Word", bound=StrEnum)

# The banner on every screen and in every file of a demonstration.
MADE_UP = later("Demonstration data: reports, dates and values are made up.")
SIMULATED = later("SIMULATED. Demonstration data: reports, dates and values are made up.")

# The mark of titles with this basis where there is no column for it, and what it means. Files have it in English.
WORKING_MARK = "[working]"
WORKING = "[working] marks titles that were drafted for this register. They are not from the published plan."

# The symbol of each vocabulary word, and its colour as a rich style.
# docs/decisions/0108: colour alone is lost on paper and to many readers.
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
    "unusable": ("?", "bold yellow"),
    "broken": ("‼", "bold red"),
    "suggested": ("~", "yellow"),
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

# The CSS class that pages use for each rich style.
TONES = {
    "green": "good",
    "yellow": "warn",
    "red": "bad",
    "bold red": "worst",
    "cyan": "going",
    "magenta": "halted",
    "dim": "calm",
}

# The symbol and colour of open and accepted findings.
FINDING_SIGNS: dict[str, tuple[str, str]] = {"open": ("!", "red"), "accepted": ("✓", "green")}

# The symbols in the cells of a timeline, with their colours.
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
    "assumed": ("?", "cyan"),
    "overdue": ("‼", "bold red"),
}

# The labels of these symbols in a timeline's legend, in its order.
TIMELINE_LEGEND = {
    "met": later("met"),
    "open": later("open"),
    "overdue": later("overdue"),
    "lapsed": later("lapsed"),
    "baseline": later("baseline"),
    "due_date": later("due"),
    "baseline_due": later("baseline due"),
    "assumed": later("assumed"),
    "today": later("today"),
}

# The symbols in the line of an outlook, with their colours. The legend uses the keys as labels.
OUTLOOK_SIGNS: dict[str, tuple[str, str]] = {
    later("today"): ("│", "yellow"),
    later("too early"): ("·", "dim"),
    later("range"): ("━", "magenta"),
    later("due"): ("┤", "cyan"),
    later("likely"): ("◆", "bold magenta"),
    later("likely beyond the chart"): ("→", "bold magenta"),
}


# Vocabulary words that are written with a hyphen.
_HYPHENATED = {"re_dated": "re-dated"}


def words(value: str) -> str:
    """Return a vocabulary word as it is shown to people."""
    return _HYPHENATED.get(value) or value.replace("_", " ")


_SCHEDULES = {
    Schedule.ON_TRACK: later("on track"),
    Schedule.BEHIND: later("behind"),
    Schedule.OFF_TRACK: later("off track"),
    Schedule.OVERDUE: later("overdue"),
    Schedule.NONE: later("no schedule"),
}


def schedule_words(schedule: Schedule) -> str:
    """Return a schedule state in the words used within a sentence. A suspended or dropped item has no schedule."""
    return tr_later(_SCHEDULES[schedule])


_ASKED = {
    Asked.BEFORE: later("asked for before the date"),
    Asked.AFTER: later("asked for after the date"),
    Asked.NOT: later("without a request"),
}


def asked_words(asked: Asked) -> str:
    """Return in words when somebody asked for a later date."""
    return tr_later(_ASKED[asked])


def date_words(milestone: int | None) -> str:
    """Return what a sentence calls the date of a milestone with this number or, if it is None, of the item."""
    return tr("due date") if milestone is None else tr("milestone {number}", number=milestone)


_THIS_PERIOD = {
    Cadence.WEEKLY: later("this week"),
    Cadence.FORTNIGHTLY: later("this fortnight"),
    Cadence.MONTHLY: later("this month"),
    Cadence.QUARTERLY: later("this quarter"),
}


def this_period(cadence: Cadence) -> str:
    """Return the words for the present reporting period of a plan."""
    return tr_later(_THIS_PERIOD[cadence])


# What the present period is compared with, and the heading of a column of changes since then.
_LAST_PERIOD = {
    Cadence.WEEKLY: later("last week"),
    Cadence.FORTNIGHTLY: later("the last fortnight"),
    Cadence.MONTHLY: later("last month"),
    Cadence.QUARTERLY: later("last quarter"),
}
PERIOD_TITLES = {
    Cadence.WEEKLY: later("Week"),
    Cadence.FORTNIGHTLY: later("2 weeks"),
    Cadence.MONTHLY: later("Month"),
    Cadence.QUARTERLY: later("Quarter"),
}


def last_period(cadence: Cadence) -> str:
    """Return the words for the reporting period of a plan before the present one."""
    return tr_later(_LAST_PERIOD[cadence])


def marked(value: str) -> str:
    """Return a vocabulary word with its symbol, for lines of text. In plain words, the symbol is left out."""
    return f"{mark(SYMBOLS[value][0])}{words(value)}"


def shares(counts: Mapping[_Word, int], width: int) -> dict[_Word, int]:
    """Divide the `width` cells of a bar among words by their counts. Each word with a count gets a cell or more.

    If there are fewer cells than words, only the largest counts get one. Return an empty dict if all counts are 0.
    """
    greatest = sorted((word for word in counts if counts[word]), key=lambda word: -counts[word])[:width]
    spare, total = width - len(greatest), sum(counts[word] for word in greatest)
    exact = {word: counts[word] * spare / total for word in greatest}
    cells = {word: 1 + int(exact[word]) for word in greatest}
    for word in sorted(greatest, key=lambda word: int(exact[word]) - exact[word])[: width - sum(cells.values())]:
        cells[word] += 1
    return {word: cells[word] for word in counts if word in cells}
