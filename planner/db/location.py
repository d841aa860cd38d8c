"""Which database is meant: --db, else PLANNER_DB, else a SQLite file in the per-user data folder."""

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import BadValueError, DatabaseUnusableError

if TYPE_CHECKING:
    from sqlalchemy import URL

VARIABLE = "PLANNER_DB"
FILE_NAME = "planner.sqlite"
DEMONSTRATION_FILE_NAME = "demonstration.sqlite"


def data_folder() -> Path:
    """The per-user data folder of the program."""
    from platformdirs import user_data_path

    return user_data_path("planner", appauthor=False)


def meant(option: str | None, file_name: str = FILE_NAME) -> tuple[str, str]:
    """The path or URL meant by the option, the environment or the default, in that order; and where it was given."""
    given, where = (option, "--db") if option else (os.environ.get(VARIABLE), VARIABLE)
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
        return URL.create("sqlite", database=str(Path(given).expanduser()))
    try:
        url = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise BadValueError(
            "this is not a database URL", where=where, do="Give a file path, sqlite:///FILE or postgresql://HOST/NAME"
        ) from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite")
    raise BadValueError(
        f"databases of the kind '{url.drivername}' are not supported here",
        where=where,
        do="Give a file path, sqlite:///FILE or postgresql://HOST/NAME",
    )


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
            f"it cannot be opened ({error.strerror})", where=str(file), do="Give another path with --db"
        ) from error
    if stat.S_ISDIR(mode):
        raise DatabaseUnusableError(
            "this is a folder, not a file", where=str(file), do="Give the path of a file in it with --db"
        )
    if not stat.S_ISREG(mode):
        # SQLite would wait for a pipe's other end for ever.
        raise DatabaseUnusableError("this is not a plain file", where=str(file), do="Give another path with --db")
    return False


def shown(url: "URL") -> str:
    """The address as it is shown to people: a file's path, or the URL without its password."""
    file = file_of(url)
    return str(file) if file else url.render_as_string(hide_password=True)
