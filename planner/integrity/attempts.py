"""Parts of a verification. One that cannot be read is a problem like any other, and the rest goes on."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from planner.db.dialects import undecoded_texts
from planner.integrity.problems import ProblemKind, Problems

T = TypeVar("T")

# What reading values raises that nobody foresaw: the database's own errors, and those of taking a value for another.
_UNREADABLE = (SQLAlchemyError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError)


def attempt(session: Session, problems: Problems, where: str, part: Callable[[Problems], T]) -> T | None:
    """Run a part, which notes what it finds; None where it had to be given up.

    Where a text is not UTF-8 it is run again and gets that text as bytes. Raises what a lost connection raises.
    """
    met, result, error = _tried(session, part)
    if _is_bad_text(error):
        with undecoded_texts(session.connection()):
            met, result, error = _tried(session, part)
    problems.take(met)
    if error is not None:
        _note(problems, where, error)
    return result


def _tried(session: Session, part: Callable[[Problems], T]) -> tuple[Problems, T | None, Exception | None]:
    """Run a part in a savepoint, without which PostgreSQL would answer nothing more after an error."""
    met = Problems()
    try:
        with session.connection().begin_nested():
            return met, part(met), None
    except _UNREADABLE as error:
        return met, None, error


def _note(problems: Problems, where: str, error: Exception) -> None:
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        raise error
    reason = str(error.orig if isinstance(error, DBAPIError) and error.orig else error).strip().splitlines()
    what = f"it cannot be read, so it was not checked: {reason[0] if reason else type(error).__name__}"
    problems.add(ProblemKind.DAMAGE, where, what)


def _is_bad_text(error: Exception | None) -> bool:
    return isinstance(error, DBAPIError) and "Could not decode to UTF-8" in str(error.orig)
