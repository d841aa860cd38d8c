"""The codes and keys that a shell suggests for what somebody began to type, read by SQLite's driver alone.

A person waits for them at each press of the TAB key, and importing SQLAlchemy takes twenty times as long as reading
them. This module therefore imports nothing of the program, and contains the program's only SQL that SQLAlchemy does not
build. A test compares its columns with the schema.
"""

# docs/decisions/0122: reading through SQLAlchemy would take as long as a command.
import os
import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing

# A suggestion: what the shell inserts, and what it shows beside it.
Suggestion = tuple[str, str]

# With more suggestions, nobody would look for one among them, and the shell would take long.
MOST = 1_000
# The number of characters of a title that is shown.
SHOWN = 60
# How long to wait for a locked file, in seconds.
PATIENCE = 0.2

ITEMS = """
    SELECT code, title FROM item
    WHERE plan_id IN (SELECT id FROM plan WHERE :plan IN ('', key)) AND NOT taken_out
    AND code >= :first AND code < :after
    ORDER BY plan_id, position, length(code), code LIMIT :most"""
MEASURES = """
    SELECT code, title FROM measure
    WHERE plan_id IN (SELECT id FROM plan WHERE :plan IN ('', key)) AND code >= :first AND code < :after
    ORDER BY position LIMIT :most"""
PLANS = "SELECT count(*) FROM plan WHERE NOT taken_out"
ORGANISATIONS = "SELECT id, key, name, short_name FROM organisation ORDER BY key"
# In a demonstration, no week after its day can be read.
SPANS = """
    SELECT starts, min(ends, coalesce((SELECT simulated_today FROM installation), ends)) AS ends FROM plan
    WHERE :plan IN ('', key) AND NOT taken_out ORDER BY starts"""
ORGANISATION_NAMES = "SELECT organisation_id, name FROM organisation_name"

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")


def _items(connection: sqlite3.Connection, typed: str, plan: str) -> list[Suggestion]:
    """Return the items whose codes begin with what was typed, which may leave out the hyphen: T-01 for t01.

    If there are none, zeros may be left out too: T-009 for t9.
    """
    plain = _plain(typed)
    begun = plain.upper()
    letters = begun.rstrip("0123456789").rstrip("-")
    digits = begun[len(letters) :].lstrip("-")
    forms = [f"{letters}-{digits}", f"{letters}-{digits:0>3}"] if letters.isalpha() and digits else []
    found = (_with_codes(connection, ITEMS, form, plan) for form in (*forms, begun, plain))
    return next(filter(None, found), [])


def _measures(connection: sqlite3.Connection, typed: str, plan: str) -> list[Suggestion]:
    """Return the measures whose codes begin with what was typed."""
    plain = _plain(typed)
    return _with_codes(connection, MEASURES, plain.upper(), plan) or _with_codes(connection, MEASURES, plain, plan)


def _organisations(connection: sqlite3.Connection, typed: str, _plan: str) -> list[Suggestion]:
    """Return the organisations whose keys begin with what was typed, else those with a name that contains it.

    The names are those in all languages.
    """
    part = _plain(typed).casefold()
    rows = connection.execute(ORGANISATIONS).fetchall()
    found = [row for row in rows if row[1].startswith(part)]
    if not found:
        names = connection.execute(ORGANISATION_NAMES).fetchall()
        names += [(row[0], name) for row in rows for name in row[2:]]
        named = {owner for owner, name in names if part in _plain(name).casefold()}
        found = [row for row in rows if row[0] in named]
    return [(key, name) for _, key, name, _ in found]


def _weeks(connection: sqlite3.Connection, typed: str, plan: str) -> list[Suggestion]:
    """Return the weeks of the plan that begin with what was typed: 2020-W14 also for w14 and 14. Days are shown."""
    from datetime import date, timedelta

    begun = _plain(typed).upper()
    found: dict[str, str] = {}
    for starts, ends in connection.execute(SPANS, {"plan": plan}):
        first, last = date.fromisoformat(starts), date.fromisoformat(ends)
        monday = first - timedelta(days=first.weekday())
        for number in range(min((last - monday).days // 7 + 1, MOST + 1)):
            day = monday + timedelta(weeks=number)
            year, week, _ = day.isocalendar()
            name = f"{year}-W{week:02}"
            if name.startswith(begun) or f"W{week:02}".startswith(begun) or f"{week:02}".startswith(begun):
                found[name] = f"{day} – {day + timedelta(days=6)}"
    return list(found.items())


# What can be suggested, and how it is read.
_READS: dict[str, Callable[[sqlite3.Connection, str, str], list[Suggestion]]] = {
    "items": _items,
    "measures": _measures,
    "organisations": _organisations,
    "weeks": _weeks,
}


def suggested(
    file: str, kind: str, typed: str, plan: str = "", chosen: Callable[[], str | None] = lambda: None
) -> list[Suggestion]:
    """Return the suggestions of one kind that a SQLite file has for what was typed.

    `kind` is items, measures, organisations or weeks. `plan` is the key of the given plan. If it is empty and the file
    has several plans, `chosen` returns the key of the plan in use, or None for all plans. A file that cannot be read
    suggests nothing.
    """
    try:
        with closing(_connected(file)) as connection:
            if not plan and connection.execute(PLANS).fetchone()[0] > 1:
                plan = chosen() or ""
            found = _READS[kind](connection, typed, plan)
    except (sqlite3.Error, OSError, ValueError, TypeError, AttributeError):
        # A file of another program can hold anything, and a shell shows nothing but suggestions.
        return []
    shown = [(value, _label(label)) for value, label in found if _is_plain(value)]
    return shown if len(shown) <= MOST else []


def _connected(file: str) -> sqlite3.Connection:
    """Open a file that exists, for reading only, and without creating any file next to it."""
    escaped = file.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    # Even a reader creates a write-ahead log where there is none. Without one, nobody has written since it was merged.
    unlocked = "" if os.access(f"{file}-wal", os.F_OK) else "&immutable=1"
    return sqlite3.connect(f"file:{escaped}?mode=ro{unlocked}", uri=True, timeout=PATIENCE)


def _with_codes(connection: sqlite3.Connection, statement: str, begun: str, plan: str) -> list[Suggestion]:
    values = {"first": begun, "after": f"{begun}\U0010ffff", "most": MOST + 1, "plan": plan}
    # Several plans can have the same code.
    return list(dict(reversed(connection.execute(statement, values).fetchall())).items())[::-1]


def _plain(typed: str) -> str:
    """Return a text with full-width letters and digits, and all kinds of dashes, replaced by plain characters."""
    return typed if typed.isascii() else unicodedata.normalize("NFKC", typed.translate(_DASHES)).translate(_DASHES)


def _is_plain(value: object) -> bool:
    """Return whether a shell can insert a value unquoted. A file can contain codes that the program never writes."""
    return isinstance(value, str) and all(character.isalnum() or character in "-._" for character in value)


def _label(title: str) -> str:
    """Return a title in one line of visible characters, shortened."""
    line = "".join(character if character.isprintable() else " " for character in " ".join(title.split()))
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1].rstrip()}…"
