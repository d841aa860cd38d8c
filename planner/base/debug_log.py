"""The log of one run, for people who look for a fault: statements of the database with their times, and errors.

The values in statements are left out, but the text of an error can contain data of the register.
"""

import logging
import platform
from pathlib import Path

from planner import __version__
from planner.base.files import make_private_folder

# What is written: our own lines, and the statements that SQLAlchemy sends.
LOGGERS = ("planner", "sqlalchemy.engine")
FORMAT = "%(asctime)s %(relativeCreated)d ms %(threadName)s %(name)s: %(message)s"


def start(file: Path) -> None:
    """Begin the log of this run in a file, which replaces that of an earlier run. Raises OSError if that fails.

    The command line is not in it, because it can have a password or the text of a report.
    """
    make_private_folder(file.parent)
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    handler = logging.FileHandler(file, encoding="utf-8")
    handler.setFormatter(logging.Formatter(FORMAT))
    handler.addFilter(_is_no_value)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.INFO)
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).propagate = False
    python = platform.python_version()
    logging.getLogger("planner").info("planner %s, Python %s on %s", __version__, python, platform.platform())


def file_in_use() -> Path | None:
    """Return the file of this run's log, or None if the run has no log."""
    handlers = logging.getLogger("planner").handlers
    return next((Path(one.baseFilename) for one in handlers if isinstance(one, logging.FileHandler)), None)


def write_error(error: BaseException) -> Path | None:
    """Write an error with its traceback. Return the file of the log, or None if the run has no log."""
    file = file_in_use()
    if file is not None:
        logging.getLogger("planner").error("%s", error, exc_info=error)
    return file


def stop() -> None:
    """End the log of this run, and close its file."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        for handler in [one for one in logger.handlers if isinstance(one, logging.FileHandler)]:
            logger.removeHandler(handler)
            handler.close()
        logger.setLevel(logging.NOTSET)
        logger.propagate = True


def _is_no_value(record: logging.LogRecord) -> bool:
    """Return whether a record is something else than the values of a statement, which SQLAlchemy writes after it."""
    return not (record.name.startswith("sqlalchemy") and str(record.msg).startswith("["))
