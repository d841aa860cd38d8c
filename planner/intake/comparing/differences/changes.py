"""A changed field of a row that the register has, and a conflict about one with what people entered."""

import dataclasses
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from planner.base.formats import plain_number
from planner.base.views import view
from planner.intake.proposed import FactValue, Field
from planner.intake.sheets import Place
from planner.tables.json_form import NOT_IN_JSON

# The value of a fact as the register has it. A theme is a number, an organisation a key, and a person a login.
Stored: TypeAlias = FactValue | int


def as_history(value: Stored) -> str | None:
    """Return a stored value as the history of an item keeps it."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float):
        return plain_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


@view
class FieldChange:
    """A field of a row that exists: what the register has and what the files give.

    `basis` is the basis of the old value, if the field has one. `inferred` says how the new value follows from the file
    if the file does not say it directly. `moves` says that the office had agreed the old date, so that the new one is
    recorded as a move of the date.
    """

    field: Field
    old: Stored
    new: Stored
    place: Place
    basis: str | None = None
    inferred: str | None = None
    moves: bool = False


class Declined(StrEnum):
    """When a person declined the value of the files in a conflict: in this import, or in an earlier one."""

    NOW = "now"
    EARLIER = "earlier"


@view
class Conflict:
    """A field that a person changed in the register, and for which the files give another value.

    `taken` says whether the import takes the file's value. Otherwise the register keeps its own. `milestone` or
    `indicator` is the number of the milestone or the indicator whose field it is; both are None for a field of the item
    itself. `target_due` tells the targets of one indicator apart. `declined` is None if nobody declined the value of
    the files. `is_older` says that the file is older than the last report or change of the item, whoever wrote it.
    """

    change: FieldChange
    taken: bool
    milestone: int | None = None
    declined: Declined | None = None
    indicator: int | None = None
    target_due: date | None = None
    is_older: bool = dataclasses.field(default=False, metadata=NOT_IN_JSON)

    @property
    def subject(self) -> str:
        """What the conflict is about besides the item, as answers name it: `milestone 1`, `indicator 2 date`."""
        fact = self.change.field.value
        if self.milestone is not None:
            return f"milestone {self.milestone} {fact}"
        if self.indicator is None:
            return fact
        by = f" by {self.target_due}" if self.target_due is not None else ""
        return f"indicator {self.indicator}{by} {fact}"


def written_changes(changes: tuple[FieldChange, ...], conflicts: tuple[Conflict, ...]) -> tuple[FieldChange, ...]:
    """Return the changes that an import writes: also those of conflicts in which the file's value is taken."""
    return changes + tuple(conflict.change for conflict in conflicts if conflict.taken)


@view
class DeclinedValue:
    """What a person said in this import: the register keeps its value of a field, and not this one of the files.

    `subject` is what it is about besides the item, as answers name it. `value` is the value of the files as the history
    of an item keeps it. `milestone` and `indicator` are as in a conflict. `until` is the day of the file if it is older
    than the register: newer files can have the value.
    """

    id: int
    code: str
    field: Field
    value: str | None
    subject: str
    milestone: int | None = None
    indicator: int | None = None
    until: date | None = dataclasses.field(default=None, metadata=NOT_IN_JSON)
