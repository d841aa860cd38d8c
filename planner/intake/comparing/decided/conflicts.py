"""Conflicts between the files and what people entered: their names, and which value counts in each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from planner.base.language import tr, tr_count
from planner.intake.comparing.asking import Asking, chosen
from planner.intake.comparing.decided.declined import DeclinedBefore, was_declined
from planner.intake.comparing.differences.changes import Conflict, Declined, DeclinedValue, as_history
from planner.intake.comparing.differences.items import ChangedItem
from planner.intake.comparing.stored import StoredItem
from planner.intake.file_days import FileDays

# The answers to a conflict: the file's value is taken, or the register keeps its own.
FROM_FILE, FROM_REGISTER = "file", "register"


def key_of(item: ChangedItem | StoredItem, conflict: Conflict) -> str:
    """Return the name by which an answer refers to a conflict: the code of the item, and what it is about."""
    return f"{item.code} {conflict.subject}"


class Conflicts:
    """Says which value counts in a conflict: the register's, unless a person takes the file's."""

    # docs/decisions/0123: what was decided once is not asked again.
    def __init__(self, asking: Asking, before: DeclinedBefore, *, take_file: bool) -> None:
        """Take the answers of this import, and what people declined in earlier ones."""
        self._asking = asking
        self._before = before
        self._take_file = take_file

    def decided(self, item: StoredItem, conflict: Conflict, day: date = date.max) -> Conflict:
        """Return a conflict about a field of an item, or of a milestone or an indicator of it, as people decided it.

        An answer counts first, then the wish to take the files' values, and then what was declined earlier. With a
        `day`, that of an old file, it counts what was declined for files of this day or a later one.
        """
        answer = chosen(self._asking.answers.get(key_of(item, conflict)), (FROM_FILE, FROM_REGISTER))
        if answer == FROM_FILE or (self._take_file and answer is None):
            return replace(conflict, taken=True)
        if was_declined(self._before, item.id, conflict, day):
            return replace(conflict, declined=Declined.EARLIER)
        return replace(conflict, declined=Declined.NOW if answer == FROM_REGISTER else None)


def declined_now(items: Iterable[ChangedItem], days: FileDays) -> Iterator[DeclinedValue]:
    """Yield the values of the files that a person declined in this import. A newer file can have an old value again."""
    for item in items:
        for one in item.all_conflicts:
            if one.declined is Declined.NOW:
                change = one.change
                yield DeclinedValue(
                    item.id,
                    item.code,
                    change.field,
                    as_history(change.new),
                    one.subject,
                    one.milestone,
                    one.indicator,
                    days.of(change.place.file) if one.is_older else None,
                )


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
