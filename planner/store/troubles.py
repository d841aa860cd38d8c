"""Turning a database's error into one sentence for people, without any password."""

import re
from typing import TYPE_CHECKING

from planner.base.errors import DatabaseStateError, DatabaseUnusableError
from planner.base.visible_text import shortened
from planner.domain.vocabulary import UnknownWordError
from planner.store.location import CONNECT_OPTION, connect_seconds, file_of, secrets_of, server_of, shown

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.exc import DBAPIError

# The number of characters of an unknown word that are shown.
LONGEST_WORD = 60

_CHANGED_AROUND = "'planner verify' names what was changed around the program"

_LOST = ("the connection to the server was lost", "Wait a moment and try again")

# Parts of database error messages, with what they mean and what to do.
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

# A libpq message names the server first, and then the reason for the failure.
_ATTEMPT = re.compile(r"^(connection failed: )?(connection to server (at|on socket) .* failed: )?(FATAL:\s*)?")


def database_error(error: "DBAPIError", url: "URL", *, reached: bool = True) -> DatabaseUnusableError:
    """Turn a database's own error into one with a message for people. `reached` is False if no connection was made."""
    reason = _reason(error, url)
    if not reached and file_of(url) is None:
        return _connection_error(reason, url)
    for sign, (what, do) in _KNOWN.items():
        if sign in reason:
            return DatabaseUnusableError(f"{what}; nothing was written", where=shown(url), do=do)
    return DatabaseUnusableError(f"the database answered: {reason}", where=shown(url), do="Nothing was written")


def _connection_error(reason: str, url: "URL") -> DatabaseUnusableError:
    if "timeout expired" in reason:
        # libpq waits at least two seconds, and without a limit if the timeout is 0.
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
    """Return the first line of the database's message, without the secrets of the address."""
    lines = str(error.orig).strip().splitlines() if error.orig else []
    reason = lines[0] if lines else "no reason given"
    # docs/decisions/0105: a driver repeats parts of the address in its errors.
    for secret in secrets_of(url):
        reason = reason.replace(secret, "***")
    return reason


def is_of_stored_value(error: Exception) -> bool:
    """Return whether an error comes from SQLAlchemy's conversion of a stored date or instant."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return place is not None and str(place.tb_frame.f_globals.get("__name__")).startswith(
        "sqlalchemy.engine._processors"
    )


def unreadable_value(error: Exception, url: "URL") -> DatabaseStateError:
    """Return the error for a stored value that no write of the program can have stored."""
    return DatabaseStateError(
        f"the database holds a value that the program cannot read: {shortened(str(error), LONGEST_WORD)}",
        where=shown(url),
        do=_CHANGED_AROUND,
    )


def unknown_word(error: UnknownWordError, url: "URL") -> DatabaseStateError:
    """Return the error for a stored word that is not in its vocabulary. No write of the program can have stored it."""
    return DatabaseStateError(
        f"the database holds a word that the program does not know: {shortened(str(error), LONGEST_WORD)}",
        where=shown(url),
        do=_CHANGED_AROUND,
    )
