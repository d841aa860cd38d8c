"""Turning a database's error into one sentence for people, without any password."""

import re
from typing import TYPE_CHECKING

from planner.base.errors import DatabaseStateError, DatabaseUnusableError
from planner.base.language import later, tr, tr_later
from planner.base.visible_text import shortened
from planner.domain.vocabulary import UnknownWordError
from planner.store.location import CONNECT_OPTION, connect_seconds, file_of, secrets_of, server_of, shown

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.exc import DBAPIError

# The number of characters of an unknown word that are shown.
LONGEST_WORD = 60

_CHANGED_AROUND = later("'planner verify' shows what was changed outside planner")

_LOST = (
    later("the connection to the server was lost; nothing was written"),
    later("Wait a moment and try again"),
)
_FULL = (later("the disk is full; nothing was written"), later("Free some disk space and try again"))
_READ_ONLY = later("the database is read-only; nothing was written")

# Parts of database error messages, with what they mean and what to do.
_KNOWN = {
    "locked": (
        later("another program is writing to the database; nothing was written"),
        later("Wait a moment and try again"),
    ),
    "readonly": (_READ_ONLY, later("Ask for write access to the file and its folder")),
    "read-only": (_READ_ONLY, later("Ask for write access")),
    "full": _FULL,
    "No space left": _FULL,
    "terminating connection": _LOST,
    "closed the connection": _LOST,
    "connection is lost": _LOST,
    "connection is closed": _LOST,
    "onnection refused": _LOST,
    "unable to open": (
        later("the database cannot be opened; nothing was written"),
        later("Check that the file exists and that you may read and write it"),
    ),
    "not a database": (
        later("the file is not a SQLite database; nothing was written"),
        later("Give the path of a planner database"),
    ),
    "malformed": (later("the file is damaged; nothing was written"), later("Restore the file from a backup copy")),
}

# A libpq message names the server first, and then the reason for the failure.
_ATTEMPT = re.compile(r"^(connection failed: )?(connection to server (at|on socket) .* failed: )?(FATAL:\s*)?")


def database_error(error: "DBAPIError", url: "URL", *, reached: bool = True) -> DatabaseUnusableError:
    """Return the program's error for an error that a database raised. `reached` is False if no connection was made."""
    reason = _reason(error, url)
    if not reached and file_of(url) is None:
        return _connection_error(reason, url)
    for sign, (what, do) in _KNOWN.items():
        if sign in reason:
            return DatabaseUnusableError(tr_later(what), where=shown(url), do=tr_later(do))
    return DatabaseUnusableError(
        tr("the database reported an error: {reason}", reason=reason), where=shown(url), do=tr("Nothing was written")
    )


def _connection_error(reason: str, url: "URL") -> DatabaseUnusableError:
    if "timeout expired" in reason:
        # libpq waits at least two seconds, and without a limit if the timeout is 0.
        seconds = int(float(connect_seconds(url)))
        server = server_of(url)
        what = (
            tr("{server} did not answer within {seconds} s", server=server, seconds=max(2, seconds))
            if seconds > 0
            else tr("{server} did not answer", server=server)
        )
        return DatabaseUnusableError(
            what,
            where=shown(url),
            do=tr(
                "Check the address and the network. To wait longer, add {connect_option}=SECONDS after the ? in the "
                "address",
                connect_option=CONNECT_OPTION,
            ),
        )
    why = _ATTEMPT.sub("", reason)
    if "FATAL:" in reason:
        return DatabaseUnusableError(
            tr("the server refused the connection ({why})", why=why),
            where=shown(url),
            do=tr("Check the database's name, the user and the password"),
        )
    return DatabaseUnusableError(
        tr("the server could not be reached ({why})", why=why),
        where=shown(url),
        do=tr("Check the address, and that the server is running"),
    )


def _reason(error: "DBAPIError", url: "URL") -> str:
    """Return the first line of the database's message, without the secrets of the address."""
    lines = str(error.orig).strip().splitlines() if error.orig else []
    reason = lines[0] if lines else tr("no reason given")
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
        tr(
            "the database contains a value that planner cannot read: {error}",
            error=shortened(str(error), LONGEST_WORD),
        ),
        where=shown(url),
        do=tr_later(_CHANGED_AROUND),
    )


def unknown_word(error: UnknownWordError, url: "URL") -> DatabaseStateError:
    """Return the error for a stored word that is not in its vocabulary. No write of the program can have stored it."""
    return DatabaseStateError(
        tr(
            "the database contains a word that planner does not know: {error}",
            error=shortened(str(error), LONGEST_WORD),
        ),
        where=shown(url),
        do=tr_later(_CHANGED_AROUND),
    )
