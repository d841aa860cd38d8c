"""Conflicts between the files and what people entered: their names, and which value counts in each."""

from planner.base.language import tr, tr_count
from planner.intake.comparing.asking import Asking, chosen
from planner.intake.comparing.decided.earlier_imports import Declined
from planner.intake.comparing.preview import ChangedItem, Conflict, FieldChange, Stored
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import Field

# The answers to a conflict: the file's value is taken, or the register keeps its own.
FROM_FILE, FROM_REGISTER = "file", "register"


def conflict_key(code: str, fact: Field, milestone: int | None = None) -> str:
    """Return the name by which an answer refers to a conflict: the code of the item, and the field.

    The field of a milestone follows the number of the milestone.
    """
    return f"{code} {fact}" if milestone is None else f"{code} milestone {milestone} {fact}"


def key_of(item: ChangedItem, conflict: Conflict) -> str:
    """Return the name of a conflict of an item."""
    return conflict_key(item.code, conflict.change.field, conflict.milestone)


class Conflicts:
    """Says which value counts in a conflict: the register's, unless a person takes the file's."""

    def __init__(self, asking: Asking, declined: Declined, *, take_file: bool) -> None:
        """Take the answers of this import, and what people declined in earlier ones."""
        self._asking = asking
        self._declined = declined
        self._take_file = take_file

    def of(self, item: StoredItem, change: FieldChange, milestone: int | None = None) -> Conflict | None:
        """Return the conflict about a field of an item or of a milestone.

        Return None if a person declined the value of the files in an earlier import, so that the register's stays.
        """
        if self.stays_out(item, change.field, change.new, milestone):
            return None
        return Conflict(change, self.is_taken(item, change.field, milestone), milestone)

    def is_taken(self, item: StoredItem, fact: Field, milestone: int | None = None) -> bool:
        """Return whether the file's value is taken."""
        answer = self._answer(item, fact, milestone)
        return answer == FROM_FILE or (self._take_file and answer != FROM_REGISTER)

    def stays_out(self, item: StoredItem, fact: Field, value: Stored, milestone: int | None = None) -> bool:
        """Return whether a person declined the value of the files in an earlier import, and note it if now."""
        answer = self._answer(item, fact, milestone)
        if answer != FROM_FILE and self._declined.is_repeated(item, fact, value, milestone):
            return True
        if answer == FROM_REGISTER:
            self._declined.decline(item, fact, value, milestone)
        return False

    def tell_declined(self) -> None:
        """Say which values of the files stay out because a person declined them in an earlier import."""
        if not self._declined.repeated:
            return
        code, fact, milestone = self._declined.repeated[0]
        key = conflict_key(code, fact, milestone)
        what = tr_count(
            "{count:,} value of the files stays out, as somebody decided in an earlier import ({key})",
            "{count:,} values of the files stay out, as somebody decided in earlier imports (for example, {key})",
            len(self._declined.repeated),
            key=key,
        )
        do = tr("The answer '{key}: {choice}' takes the file's value", key=key, choice=FROM_FILE)
        self._asking.note(what, do)

    def _answer(self, item: StoredItem, fact: Field, milestone: int | None) -> str | None:
        """Return what a person said about a conflict: the file's value, the register's, or nothing."""
        key = conflict_key(item.code, fact, milestone)
        return chosen(self._asking.answers.get(key), (FROM_FILE, FROM_REGISTER))
