"""Run the parts of a verification one by one.

If an error stops a part, this is reported as a problem, and the other parts still run.
"""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.integrity.problems import ProblemKind, Problems
from planner.store.dialects import undecoded_texts

T = TypeVar("T")

# The errors that damaged data can raise: those of the database, and those of a value that has an unexpected type.
_UNREADABLE = (SQLAlchemyError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError)


def attempt(session: Session, problems: Problems, where: str, part: Callable[[Problems], T]) -> T | None:
    """Run a part of a verification. Return its result, or None if an error stopped it.

    `part` gets a list to which it adds its problems. If a text is not valid UTF-8, the part runs again and reads such
    texts as bytes. A lost connection is not a problem of the data, so its error is raised.
    """
    found, result, error = _run_in_savepoint(session, part)
    if _is_bad_text(error):
        with undecoded_texts(session.connection()):
            found, result, error = _run_in_savepoint(session, part)
    problems.take(found)
    if error is not None:
        _report_error(problems, where, error)
    return result


def _run_in_savepoint(session: Session, part: Callable[[Problems], T]) -> tuple[Problems, T | None, Exception | None]:
    """Run a part in a savepoint, because PostgreSQL refuses further statements in a transaction after an error."""
    found = Problems()
    try:
        with session.connection().begin_nested():
            return found, part(found), None
    except _UNREADABLE as error:
        return found, None, error


def _report_error(problems: Problems, where: str, error: Exception) -> None:
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        raise error
    reason = str(error.orig if isinstance(error, DBAPIError) and error.orig else error).strip().splitlines()
    what = tr(
        "the data cannot be read, so it was not checked: {reason}", reason=reason[0] if reason else type(error).__name__
    )
    problems.add(ProblemKind.DAMAGE, where, what)


def _is_bad_text(error: Exception | None) -> bool:
    return isinstance(error, DBAPIError) and "Could not decode to UTF-8" in str(error.orig)
