"""The errors that users see. Each says what is wrong, where, and what to do, and has an exit code of its own."""

from collections.abc import Iterable

from planner.base.language import tr, tr_later
from planner.base.listing import listed
from planner.base.visible_text import one_line

# Not an error: the exit code of a scheduled command that has nothing to report. Its output file is still written.
NOTHING_TO_REPORT = 20

# Not an error either: the exit code of `planner findings` if a finding is open.
OPEN_FINDINGS = 18


class PlannerError(Exception):
    """The base of all errors that are shown to the user as one message. docs/commands.md lists the exit codes.

    `where` is a file, a code, or a field in plain words ("as of"). `by_field` is the field that the user should set or
    change to follow the suggestion. The command line names the option for this field (`planner.cli.groups`).
    """

    # docs/decisions/0055: programs react to the code, not to the message.
    exit_code = 1

    def __init__(self, what: str, *, where: str = "", do: str = "", by_field: str = "") -> None:
        self.what = what
        self.where = where
        self.do = do
        self.by_field = by_field
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The message on one line, safe to show: where the error is, what is wrong, and what to do."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return one_line(f"{text}. {self.do}." if self.do else f"{text}.")

    @property
    def note(self) -> str:
        """The message as a separate sentence. It begins with `where`, or with a capital letter if `where` is empty."""
        return self.message if self.where else f"{self.message[:1].upper()}{self.message[1:]}"


class NoTerminalError(PlannerError):
    """The app was started without an interactive terminal."""

    exit_code = 2


class BadValueError(PlannerError):
    """A given value is not possible: it is out of range, not a date, or text that cannot be stored, for example."""

    exit_code = 3


class AmbiguousDateError(BadValueError):
    """A given date can mean two different days."""


class UnknownNameError(PlannerError):
    """The user gave a code or name that does not exist."""

    exit_code = 4


def unknown_name(what: str, plural: str, known: Iterable[object], *, where: str, none: str = "") -> UnknownNameError:
    """Return the error for a name that does not exist, with a list of the existing names.

    `what` says, already translated, what does not exist ("no theme 9"). `plural` is the noun for the list ("themes"),
    not translated yet. `none` is the suggestion to the user if there are no names at all.
    """
    names = [str(name) for name in known]
    things = tr_later(plural)
    if not names:
        return UnknownNameError(what, where=where, do=none or tr("There are no {things}", things=things))
    if len(names) > 1:
        return UnknownNameError(
            what, where=where, do=tr("The {things} are {names}", things=things, names=listed(names))
        )
    return UnknownNameError(what, where=where, do=tr("The only possible value is {name}", name=names[0]))


class NotAllowedError(PlannerError):
    """The rules of the register do not allow this write."""

    exit_code = 5


class NoDatabaseError(PlannerError):
    """There is no register at the database's address yet."""

    exit_code = 6


def no_plan_yet(what: str, where: str = "") -> NoDatabaseError:
    """Return the error for a database that has no plan. `what` says, already translated, what is missing."""
    do = tr("Make a plan with 'planner plan new', or load the bundled one with 'planner init'")
    return NoDatabaseError(what, where=where, do=do)


class DatabaseStateError(PlannerError):
    """The database is older or newer than the program, or belongs to another program."""

    exit_code = 7


class DatabaseUnusableError(PlannerError):
    """The database cannot be reached, read or written at the moment."""

    exit_code = 8


class SeedError(PlannerError):
    """A data file of a plan has invalid content."""

    exit_code = 9


class SourceError(PlannerError):
    """A document cannot be attached, or does not contain the text that the register cites from it."""

    exit_code = 10


class FileTroubleError(PlannerError):
    """A file cannot be read or written."""

    exit_code = 11


class TooSoonError(PlannerError):
    """Nothing is known yet for the requested week or known-at instant."""

    exit_code = 12


class MissingLibraryError(PlannerError):
    """The requested output needs a library that is not installed. The message says what to install."""

    exit_code = 14


class NotAsIssuedError(PlannerError):
    """A file of an issued week cannot be reproduced as it was issued, or a given file was never issued."""

    exit_code = 15


class OtherFactsError(PlannerError):
    """The register's facts for an issued week are no longer the same as when it was issued."""

    exit_code = 16


class BrokenHistoryError(PlannerError):
    """The audit log, its triggers or the rows it describes differ from what was recorded, or from a checkpoint."""

    exit_code = 17


class UnusableCheckpointError(PlannerError):
    """A checkpoint is not signed with the public key, or its signature is wrong, so it verifies nothing."""

    exit_code = 28


class UncertainWriteError(PlannerError):
    """The connection was lost during a commit, and it is unknown whether the write was recorded."""

    exit_code = 21


class ClockError(PlannerError):
    """The computer's clock is too far from the last time in the audit log, so nothing is recorded."""

    exit_code = 22


class InputEndedError(PlannerError):
    """The input ended before a question was answered."""

    exit_code = 24


class NotRebuiltError(PlannerError):
    """Text was redacted, but the database file could not be rebuilt without that text."""

    exit_code = 25


class ImportFileError(PlannerError):
    """A file to import cannot be understood: it is damaged, protected, too large, or its encoding is not known."""

    exit_code = 26


class NothingToMapError(PlannerError):
    """The requested export format contains only mappings, and there are none to export."""

    exit_code = 19
