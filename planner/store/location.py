"""Finding the database to use: the given one, the one that PLANNER_DB names, or a file in the user's data folder."""

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from planner.base.errors import BadValueError, DatabaseUnusableError
from planner.base.language import later, tr, tr_later
from planner.base.listing import listed
from planner.base.user_folders import user_folder

if TYPE_CHECKING:
    from sqlalchemy import URL

VARIABLE = "PLANNER_DB"
FILE_NAME = "planner.sqlite"
DEMONSTRATION_FILE_NAME = "demonstration.sqlite"

# The options that may follow the `?` of an address. Those of PostgreSQL are libpq's.
SQLITE_OPTIONS = ("mode",)
SQLITE_MODES = ("ro", "rw")
POSTGRESQL_OPTIONS = (
    "application_name",
    "channel_binding",
    "client_encoding",
    "connect_timeout",
    "dbname",
    "fallback_application_name",
    "gssdelegation",
    "gssencmode",
    "gsslib",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "krbsrvname",
    "load_balance_hosts",
    "options",
    "passfile",
    "password",
    "port",
    "require_auth",
    "requirepeer",
    "scram_client_key",
    "scram_server_key",
    "service",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcert",
    "sslcertmode",
    "sslcompression",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslpassword",
    "sslrootcert",
    "sslsni",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
)
# How long to wait for a server, in seconds, if neither the address nor libpq's environment variable sets it.
CONNECT_SECONDS = "10"
CONNECT_OPTION, CONNECT_VARIABLE = "connect_timeout", "PGCONNECT_TIMEOUT"

SECRET_OPTIONS = ("password", "sslpassword", "scram_client_key", "scram_server_key")

_FORMS = later("Give a file path, sqlite:///FILE or postgresql://HOST/NAME")

# A mistyped server address, or one in libpq's other form, must not be taken for a file name.
_SERVER_ADDRESS = re.compile(r"postgres(ql)?(\+\w+)?:|(^|\s)(host|hostaddr|dbname|password|user|service)\s*=", re.ASCII)


def data_folder() -> Path:
    """Return the program's data folder of the current user."""
    return user_folder("data")


def chosen_address(option: str | None, file_name: str = FILE_NAME) -> tuple[str, str]:
    """Return the path or URL to use, and where it was given.

    The option is tried first, then the environment variable, then the default. Raises BadValueError for an option with
    an empty value, because an unset variable in a script must not select the user's own register. An empty environment
    variable counts as unset.
    """
    if option is not None and not option.strip():
        raise BadValueError(tr("no database was named"), where="database", do=tr_later(_FORMS))
    given, where = (option, "database") if option else (os.environ.get(VARIABLE), VARIABLE)
    return given or str(data_folder() / file_name), where


def resolve(option: str | None, file_name: str = FILE_NAME) -> "URL":
    """Return the URL of the database to use. A plain path is taken as a SQLite file.

    Raises BadValueError if the value is neither a path nor a supported URL.
    """
    return parse(*chosen_address(option, file_name))


def parse(given: str, where: str) -> "URL":
    """Turn a given path or URL into a URL. `where` tells, in error messages, where it was given."""
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError

    if "://" not in given:
        if _SERVER_ADDRESS.match(given):
            # The value is not repeated, because it may contain a password.
            raise BadValueError(tr("this is not a database URL"), where=where, do=tr_later(_FORMS))
        return URL.create("sqlite", database=str(Path(given).expanduser()))
    try:
        url = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise BadValueError(tr("this is not a database URL"), where=where, do=tr_later(_FORMS)) from error
    _require_text(url, where)
    return _supported(url, where)


def _supported(url: "URL", where: str) -> "URL":
    """Return the URL with the program's driver for this kind of database.

    Raises BadValueError if the program does not support the URL.
    """
    if url.host and "@" in url.host:
        # The host is not repeated, because it contains a part of the password.
        raise BadValueError(
            tr("this database URL contains two @ characters"), where=where, do=tr("Write an @ in a password as %40")
        )
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        _require_known(url, POSTGRESQL_OPTIONS, where)
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database and url.database != ":memory:":
        _require_known(url, SQLITE_OPTIONS, where)
        if url.query.get("mode", "rw") not in SQLITE_MODES:
            raise BadValueError(
                tr("mode must be one of {modes}", modes=", ".join(SQLITE_MODES)), where=where, do=tr("Use a valid mode")
            )
        return url.set(drivername="sqlite")
    raise BadValueError(
        tr("databases of the kind '{kind}' are not supported here", kind=url.drivername),
        where=where,
        do=tr_later(_FORMS),
    )


def _require_text(url: "URL", where: str) -> None:
    """Raise BadValueError if the URL contains control characters (`%00`, for example), which no system accepts."""
    query = (text for value in url.query.values() for text in ((value,) if isinstance(value, str) else value))
    for part in (url.username, url.password, url.host, url.database, *url.query, *query):
        if part and any(ord(character) < 32 or ord(character) == 127 for character in str(part)):
            raise BadValueError(
                tr("this database URL contains control characters"), where=where, do=tr("Remove the control characters")
            )


def _require_known(url: "URL", known: "tuple[str, ...]", where: str) -> None:
    unknown = [name for name in url.query if name not in known]
    if unknown:
        raise BadValueError(
            tr("a database URL has no option {options}", options=", ".join(repr(name) for name in unknown)),
            where=where,
            do=tr("Known options: {known}", known=listed(known)),
        )


def opens_read_only(url: "URL") -> bool:
    """Return whether an address opens its file for reading only."""
    return file_of(url) is not None and url.query.get("mode") == "ro"


def connect_seconds(url: "URL") -> str:
    """Return how many seconds to wait for a server: the text from the address or from an environment variable.

    The text may not be a number, because it is not checked here.
    """
    given = _first(url.query.get(CONNECT_OPTION)) or os.environ.get(CONNECT_VARIABLE)
    return given or CONNECT_SECONDS


def server_of(url: "URL") -> str:
    """Return the host and port of a server, as far as the address gives them."""
    host = url.host or _first(url.query.get("host")) or _first(url.query.get("hostaddr")) or "the server"
    port = url.port or _first(url.query.get("port"))
    return f"{host}:{port}" if port else host


def _first(value: "str | tuple[str, ...] | None") -> str | None:
    return value[0] if isinstance(value, tuple) else value


def secrets_of(url: "URL") -> list[str]:
    """Return the parts of an address that must never be shown, the longest first."""
    values = [url.password, *(url.query.get(name) for name in SECRET_OPTIONS)]
    found = [text for value in values if value for text in ([str(value)] if not isinstance(value, tuple) else value)]
    return sorted(filter(None, found), key=len, reverse=True)


def file_of(url: "URL") -> Path | None:
    """Return the file of a SQLite database, or None for a server."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def is_absent(url: "URL") -> bool:
    """Return whether the file of a SQLite database does not exist yet. For a server, return False.

    Raises DatabaseUnusableError if the path is a folder, or if the operating system denies access.
    """
    file = file_of(url)
    return file is not None and is_absent_file(file)


def is_absent_file(file: Path) -> bool:
    """Return whether there is no file at a path yet. Raises the same errors as `is_absent`."""
    try:
        mode = file.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError as error:
        raise DatabaseUnusableError(
            tr("the database cannot be opened ({reason})", reason=error.strerror),
            where=str(file),
            do=tr("Give another path"),
            by_field="database",
        ) from error
    if stat.S_ISDIR(mode):
        raise DatabaseUnusableError(
            tr("this is a folder, not a file"),
            where=str(file),
            do=tr("Give the path of a file in this folder"),
            by_field="database",
        )
    if not stat.S_ISREG(mode):
        # SQLite would wait forever for the other end of a pipe.
        raise DatabaseUnusableError(
            tr("this is not a regular file"), where=str(file), do=tr("Give another path"), by_field="database"
        )
    return False


def shown(url: "URL") -> str:
    """Return the address in the form shown to people: a file's path, or a URL with *** in place of secrets."""
    file = file_of(url)
    if file:
        return str(file)
    hidden = {name: "***" for name in SECRET_OPTIONS if name in url.query}
    # A star in the address itself is written %2A, so only the placeholders are replaced.
    return url.update_query_dict(hidden).render_as_string(hide_password=True).replace("%2A%2A%2A", "***")
