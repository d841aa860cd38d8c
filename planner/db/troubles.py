"""What a database answers when it cannot do something, as one sentence for a person. No password is in it."""

import re
from typing import TYPE_CHECKING

from planner.db.location import CONNECT_OPTION, connect_seconds, file_of, secrets_of, server_of, shown
from planner.errors import DatabaseStateError, DatabaseUnusableError
from planner.visible_text import shortened
from planner.vocabulary import UnknownWordError

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.exc import DBAPIError

# So much of an unknown word is shown, in characters.
LONGEST_WORD = 60

_CHANGED_AROUND = "'planner verify' names what was changed around the program"

_LOST = ("the connection to the server was lost", "Wait a moment and try again")

# What is in a database's own words, what it means, and what to do.
_KNOWN = {
    "locked": ("another program is writing to it", "Wait a moment and try again"),
    "readonly": ("it can only be read", "Ask for write access to the file and its folder"),
    "read-only": ("it can only be read", "Ask for write access"),
    "full": ("the disk is full", "Free some space and try again"),
    "No space left": ("the disk is full", "Free some space and try again"),
    "terminating connection": _LOST,
    "closed the connection": _LOST,
    "connection is lost": _LOST,
    "connection is closed": _LOST,
    "onnection refused": _LOST,
    "unable to open": ("it cannot be opened", "Check that the file is there and that you may read and write it"),
    "not a database": ("the file is not a SQLite database", "Give the path of a planner database"),
    "malformed": ("the file is damaged", "Restore it from a copy"),
}

# libpq says where it tried to connect to, then why that failed.
_ATTEMPT = re.compile(r"^(connection failed: )?(connection to server (at|on socket) .* failed: )?(FATAL:\s*)?")


def told(error: "DBAPIError", url: "URL", *, reached: bool = True) -> DatabaseUnusableError:
    """The database's own error in words. `reached` is False where the connection was never made."""
    reason = _reason(error, url)
    if not reached and file_of(url) is None:
        return _never_reached(reason, url)
    for sign, (what, do) in _KNOWN.items():
        if sign in reason:
            return DatabaseUnusableError(f"{what}; nothing was written", where=shown(url), do=do)
    return DatabaseUnusableError(f"the database answered: {reason}", where=shown(url), do="Nothing was written")


def _never_reached(reason: str, url: "URL") -> DatabaseUnusableError:
    if "timeout expired" in reason:
        # libpq waits for two seconds at least, and without end where it is told 0.
        seconds = int(float(connect_seconds(url)))
        within = f" within {max(2, seconds)} s" if seconds > 0 else ""
        return DatabaseUnusableError(
            f"no answer from {server_of(url)}{within}",
            where=shown(url),
            do=f"Check the address and the network; {CONNECT_OPTION}=SECONDS after the ? gives it more time",
        )
    why = _ATTEMPT.sub("", reason)
    if "FATAL:" in reason:
        return DatabaseUnusableError(
            f"the server refused the connection ({why})",
            where=shown(url),
            do="Check the database's name, the user and the password",
        )
    return DatabaseUnusableError(
        f"the server could not be reached ({why})",
        where=shown(url),
        do="Check the address, and that the server is running",
    )


def _reason(error: "DBAPIError", url: "URL") -> str:
    """The first line of what the database said, without the secrets of the address."""
    lines = str(error.orig).strip().splitlines() if error.orig else []
    reason = lines[0] if lines else "no reason given"
    for secret in secrets_of(url):
        reason = reason.replace(secret, "***")
    return reason


def is_of_stored_value(error: Exception) -> bool:
    """Whether a stored value could not be read as the date or instant it should be: SQLAlchemy's readers raise that."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return place is not None and str(place.tb_frame.f_globals.get("__name__")).startswith(
        "sqlalchemy.engine._processors"
    )


def unreadable_value(error: Exception, url: "URL") -> DatabaseStateError:
    """A value in the database is none that a write of the program stored."""
    return DatabaseStateError(
        f"the database holds a value that the program cannot read: {shortened(str(error), LONGEST_WORD)}",
        where=shown(url),
        do=_CHANGED_AROUND,
    )


def unknown_word(error: UnknownWordError, url: "URL") -> DatabaseStateError:
    """A text in the database is no word of its vocabulary: no write of the program stored it."""
    return DatabaseStateError(
        f"the database holds a word that the program does not know: {shortened(str(error), LONGEST_WORD)}",
        where=shown(url),
        do=_CHANGED_AROUND,
    )
