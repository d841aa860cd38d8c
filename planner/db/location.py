"""Which database is meant: the one named, else PLANNER_DB's, else a SQLite file in the per-user data folder."""

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import BadValueError, DatabaseUnusableError
from planner.listing import listed

if TYPE_CHECKING:
    from sqlalchemy import URL

VARIABLE = "PLANNER_DB"
FILE_NAME = "planner.sqlite"
DEMONSTRATION_FILE_NAME = "demonstration.sqlite"

# What may follow the `?` of an address. PostgreSQL's are those of libpq.
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
# How long a server may take to answer where neither the address nor libpq's variable says, in seconds.
CONNECT_SECONDS = "10"
CONNECT_OPTION, CONNECT_VARIABLE = "connect_timeout", "PGCONNECT_TIMEOUT"

SECRET_OPTIONS = ("password", "sslpassword", "scram_client_key", "scram_server_key")

_FORMS = "Give a file path, sqlite:///FILE or postgresql://HOST/NAME"

# A server's address that was mistyped, or that is in libpq's other form, would pass for a file's name.
_NO_FILE = re.compile(r"postgres(ql)?(\+\w+)?:|(^|\s)(host|hostaddr|dbname|password|user|service)\s*=", re.ASCII)


def data_folder() -> Path:
    """The per-user data folder of the program."""
    from platformdirs import user_data_path

    return user_data_path("planner", appauthor=False)


def meant(option: str | None, file_name: str = FILE_NAME) -> tuple[str, str]:
    """The path or URL meant by the option, the environment or the default, in that order; and where it was given.

    Raises BadValueError for an option without a value: a script's variable that is not set must not mean one's own
    register. The environment's variable may be empty, as others are that are meant to be unset.
    """
    if option is not None and not option.strip():
        raise BadValueError("no database is named", where="database", do=_FORMS)
    given, where = (option, "database") if option else (os.environ.get(VARIABLE), VARIABLE)
    return given or str(data_folder() / file_name), where


def resolve(option: str | None, file_name: str = FILE_NAME) -> "URL":
    """The URL of the database that is meant.

    A plain path is taken as a SQLite file. Raises BadValueError for what is neither a path nor a URL that can be used.
    """
    return parse(*meant(option, file_name))


def parse(given: str, where: str) -> "URL":
    """The URL that `given` means; `where` names its origin in an error."""
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError

    if "://" not in given:
        if _NO_FILE.match(given):
            # It is not repeated: there may be a password in it.
            raise BadValueError("this is not a database URL", where=where, do=_FORMS)
        return URL.create("sqlite", database=str(Path(given).expanduser()))
    try:
        url = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise BadValueError("this is not a database URL", where=where, do=_FORMS) from error
    _require_text(url, where)
    if url.host and "@" in url.host:
        # The host is not repeated: it is a part of the password.
        raise BadValueError("there are two @ in this database URL", where=where, do="Write an @ in a password as %40")
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        _require_known(url, POSTGRESQL_OPTIONS, where)
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database and url.database != ":memory:":
        _require_known(url, SQLITE_OPTIONS, where)
        if url.query.get("mode", "rw") not in SQLITE_MODES:
            raise BadValueError(f"mode is one of {', '.join(SQLITE_MODES)}", where=where, do="Give one of them")
        return url.set(drivername="sqlite")
    raise BadValueError(f"databases of the kind '{url.drivername}' are not supported here", where=where, do=_FORMS)


def _require_text(url: "URL", where: str) -> None:
    """Raise BadValueError for control characters, which %00 and its like stand for: no system takes them."""
    query = (text for value in url.query.values() for text in ((value,) if isinstance(value, str) else value))
    for part in (url.username, url.password, url.host, url.database, *url.query, *query):
        if part and any(ord(character) < 32 or ord(character) == 127 for character in str(part)):
            raise BadValueError("there are control characters in this database URL", where=where, do="Leave them out")


def _require_known(url: "URL", known: "tuple[str, ...]", where: str) -> None:
    unknown = [name for name in url.query if name not in known]
    if unknown:
        raise BadValueError(
            f"a database URL has no option {', '.join(repr(name) for name in unknown)}",
            where=where,
            do=f"Known options: {listed(known)}",
        )


def opens_read_only(url: "URL") -> bool:
    """Whether an address says that the file is opened for reading only."""
    return file_of(url) is not None and url.query.get("mode") == "ro"


def connect_seconds(url: "URL") -> str:
    """How long a server may take to answer a connection, as it was given: nobody looked yet whether it is a number."""
    said = _first(url.query.get(CONNECT_OPTION)) or os.environ.get(CONNECT_VARIABLE)
    return said or CONNECT_SECONDS


def server_of(url: "URL") -> str:
    """The host and the port of a server, as far as the address says them."""
    host = url.host or _first(url.query.get("host")) or _first(url.query.get("hostaddr")) or "the server"
    port = url.port or _first(url.query.get("port"))
    return f"{host}:{port}" if port else host


def _first(value: "str | tuple[str, ...] | None") -> str | None:
    return value[0] if isinstance(value, tuple) else value


def secrets_of(url: "URL") -> list[str]:
    """The parts of an address that are shown to nobody."""
    values = [url.password, *(url.query.get(name) for name in SECRET_OPTIONS)]
    found = [text for value in values if value for text in ([str(value)] if not isinstance(value, tuple) else value)]
    return sorted(filter(None, found), key=len, reverse=True)


def file_of(url: "URL") -> Path | None:
    """The file of a SQLite database; None for a server's."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def is_absent(url: "URL") -> bool:
    """Whether there is no file yet at a SQLite database's address. A server itself says what it does not have.

    Raises DatabaseUnusableError for a folder, and for what the system does not let us look at.
    """
    file = file_of(url)
    return file is not None and is_absent_file(file)


def is_absent_file(file: Path) -> bool:
    """Whether there is no file yet at a path. Raises DatabaseUnusableError as `is_absent` does."""
    try:
        mode = file.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError as error:
        raise DatabaseUnusableError(
            f"it cannot be opened ({error.strerror})", where=str(file), do="Give another path", by_field="database"
        ) from error
    if stat.S_ISDIR(mode):
        raise DatabaseUnusableError(
            "this is a folder, not a file", where=str(file), do="Give the path of a file in it", by_field="database"
        )
    if not stat.S_ISREG(mode):
        # SQLite would wait for a pipe's other end for ever.
        raise DatabaseUnusableError(
            "this is not a plain file", where=str(file), do="Give another path", by_field="database"
        )
    return False


def shown(url: "URL") -> str:
    """The address as it is shown to people: a file's path, or the URL with *** for what is secret."""
    file = file_of(url)
    if file:
        return str(file)
    hidden = {name: "***" for name in SECRET_OPTIONS if name in url.query}
    # A star that belongs to the address itself is written %2A: these are the only ones.
    return url.update_query_dict(hidden).render_as_string(hide_password=True).replace("%2A%2A%2A", "***")
