"""Conflicts between the files and what people entered: their names, and which value counts in each."""

from collections.abc import Iterable, Iterator

from planner.base.language import tr, tr_count
from planner.intake.comparing.asking import Asking, chosen
from planner.intake.comparing.decided.declined import DeclinedBefore, was_declined
from planner.intake.comparing.preview import (
    ChangedItem,
    Conflict,
    Declined,
    DeclinedValue,
    FieldChange,
    as_history,
)
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

    # docs/decisions/0123: what was decided once is not asked again.
    def __init__(self, asking: Asking, before: DeclinedBefore, *, take_file: bool) -> None:
        """Take the answers of this import, and what people declined in earlier ones."""
        self._asking = asking
        self._before = before
        self._take_file = take_file

    def of(self, item: StoredItem, change: FieldChange, milestone: int | None = None) -> Conflict:
        """Return the conflict about a field of an item or of a milestone, as people decided it.

        An answer counts first, then the wish to take the files' values, and then what was declined earlier.
        """
        key = conflict_key(item.code, change.field, milestone)
        answer = chosen(self._asking.answers.get(key), (FROM_FILE, FROM_REGISTER))
        if answer == FROM_FILE or (self._take_file and answer is None):
            return Conflict(change, True, milestone)
        if was_declined(self._before, item.id, change.field, change.new, milestone):
            return Conflict(change, False, milestone, Declined.EARLIER)
        return Conflict(change, False, milestone, Declined.NOW if answer == FROM_REGISTER else None)


def declined_now(items: Iterable[ChangedItem]) -> Iterator[DeclinedValue]:
    """Yield the values of the files that a person declined in this import."""
    for item in items:
        for one in item.all_conflicts:
            if one.declined is Declined.NOW:
                yield DeclinedValue(item.id, item.code, one.change.field, as_history(one.change.new), one.milestone)


def tell_declined(items: Iterable[ChangedItem], asking: Asking) -> None:
    """Say which values of the files stay out because a person declined them in an earlier import."""
    keys = [key_of(item, one) for item in items for one in item.all_conflicts if one.declined is Declined.EARLIER]
    if not keys:
        return
    what = tr_count(
        "{count:,} value of the files stays out, as somebody decided in an earlier import ({key})",
        "{count:,} values of the files stay out, as somebody decided in earlier imports (for example, {key})",
        len(keys),
        key=keys[0],
    )
    asking.note(what, tr("The answer '{key}: {choice}' takes the file's value", key=keys[0], choice=FROM_FILE))
