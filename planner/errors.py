"""Errors a person can meet. Each says what is wrong, where, and what to do, and has an exit code of its own."""

from collections.abc import Iterable

from planner.listing import listed
from planner.visible_text import one_line

# Not an error: what a scheduled command gives back where there was nothing to tell. A file it was to write is written.
NOTHING_TO_REPORT = 20

# Nor is this one: what `planner findings` gives back where a finding is open.
OPEN_FINDINGS = 18


class PlannerError(Exception):
    """Base of all errors that are told to a person in one message. Its exit codes are listed in docs/commands.md.

    `where` is a file, a code, or a field in plain words ("as of"); `by_field` is the field by which the person can do
    what the message asks for. The command line adds the option it has for a field (`planner.cli.groups`).
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", do: str = "", by_field: str = "") -> None:
        self.what = what
        self.where = where
        self.do = do
        self.by_field = by_field
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The one message, on one line: where: what; what to do. Values in it may come from anywhere."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return one_line(f"{text}. {self.do}." if self.do else f"{text}.")


class NoTerminalError(PlannerError):
    """The app was asked for where there is no terminal."""

    exit_code = 2


class BadValueError(PlannerError):
    """A value that was given cannot be taken: out of range, not a date, text that cannot be stored."""

    exit_code = 3


class UnknownNameError(PlannerError):
    """Something was asked for by a code or a name that is not there."""

    exit_code = 4


def unknown_name(what: str, plural: str, known: Iterable[object], *, where: str, none: str = "") -> UnknownNameError:
    """The error for a name that is not there. It says which names there are.

    `what` says what is missing ("no theme 9"), `plural` what the things are called ("themes"). `none` is what to do
    where there is nothing at all.
    """
    names = [str(name) for name in known]
    if not names:
        return UnknownNameError(what, where=where, do=none or f"There are no {plural}")
    do = f"The {plural} are {listed(names)}" if len(names) > 1 else f"The only one is {names[0]}"
    return UnknownNameError(what, where=where, do=do)


class NotAllowedError(PlannerError):
    """The rules of the register forbid this write."""

    exit_code = 5


class NoDatabaseError(PlannerError):
    """There is no register at the database's address yet."""

    exit_code = 6


class DatabaseStateError(PlannerError):
    """The database is older or newer than the program, or not one of this program's."""

    exit_code = 7


class DatabaseUnusableError(PlannerError):
    """The database cannot be reached, read or written now."""

    exit_code = 8


class SeedError(PlannerError):
    """A data file of a plan cannot be taken as it stands."""

    exit_code = 9


class SourceError(PlannerError):
    """A document that was to be attached cannot be, or does not hold what is cited of it."""

    exit_code = 10


class FileTroubleError(PlannerError):
    """A file cannot be read or written."""

    exit_code = 11


class TooSoonError(PlannerError):
    """Something was asked for as known at an instant, or for a week, of which nothing can be known."""

    exit_code = 12


class MissingLibraryError(PlannerError):
    """What was asked for needs a library that is not installed; the message says what to install."""

    exit_code = 14


class NotAsIssuedError(PlannerError):
    """A file of an issued week cannot be given as it was issued, or one that somebody holds was never issued."""

    exit_code = 15


class OtherFactsError(PlannerError):
    """The register gives other facts today than those that were issued."""

    exit_code = 16


class BrokenHistoryError(PlannerError):
    """The audit log, its guards or the rows it tells of are not as they were recorded, or not as a checkpoint says."""

    exit_code = 17


class UncertainWriteError(PlannerError):
    """The connection was lost while a write was being committed, and it is not known whether it was recorded."""

    exit_code = 21


class ClockError(PlannerError):
    """The computer's clock is too far from the last instant of the log to record anything."""

    exit_code = 22


class InputEndedError(PlannerError):
    """The input ended where a question was to be answered."""

    exit_code = 24


class NotRebuiltError(PlannerError):
    """Text was redacted, and the database's file could not be rebuilt without it."""

    exit_code = 25


class NothingToMapError(PlannerError):
    """An export was asked for in a form that has to map something, and nothing is mapped."""

    exit_code = 19
