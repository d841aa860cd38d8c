"""What an event of the audit log changed, field by field, in words: names of columns, and of what they refer to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, LargeBinary, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from planner.models import (
    Base,
    Clause,
    DerivationRule,
    Document,
    DraftedClause,
    Indicator,
    Item,
    Mandate,
    MandateDraft,
    Measure,
    Milestone,
    Organisation,
    Person,
    Plan,
    Theme,
)

# What the event itself says, or what follows from other fields.
_LEFT_OUT = {"id", "actor", "recorded_at", "fingerprint", "near_fingerprint", "clause_fingerprint", "substance"}

_TOLD_ELSEWHERE = {("date_change", "old_date"), ("date_change", "reason"), ("finding_review", "reason")}

# Columns that people call otherwise than their name says.
_WORDS = {
    "accountable_id": "accountable person",
    "baseline_due": "baseline due date",
    "body_id": "body",
    "new_date": "date",
    "starts": "start",
}

# By what people tell the rows of a table; a reference to any other table is a number.
_NAMES: dict[str, InstrumentedAttribute[str]] = {
    "clause": Clause.key,
    "derivation_rule": DerivationRule.key,
    "document": Document.key,
    "drafted_clause": DraftedClause.key,
    "indicator": Indicator.name,
    "item": Item.code,
    "mandate": Mandate.key,
    "mandate_draft": MandateDraft.key,
    "measure": Measure.code,
    "milestone": Milestone.title,
    "organisation": Organisation.short_name,
    "person": Person.login,
    "plan": Plan.key,
    "theme": Theme.title,
}

# Whole documents: of these only the length is told.
_LONG = {("attachment", "text")}

# The names of rows by their table and id.
Names = Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class FieldChange:
    """A field of a row before and after, as text; None where there was or is nothing. `word` is the field in words."""

    name: str
    word: str
    before: str | None
    after: str | None


def field_changes(
    table: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], names: Names
) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the table's columns; of a row that was added, all that say something.

    A date that was moved is a row that was added, with both dates in it; it is told as one field that changed.
    """
    earlier = before or ({"new_date": after["old_date"]} if table == "date_change" else {})
    changed = [
        name
        for name in [column for column in _columns(table) if column in after]
        if name not in _LEFT_OUT and (table, name) not in _TOLD_ELSEWHERE and _differs(earlier.get(name), after[name])
    ]
    return tuple(
        FieldChange(
            name, word(name), _shown(table, name, earlier.get(name), names), _shown(table, name, after[name], names)
        )
        for name in changed
    )


def _differs(before: Any, after: Any) -> bool:
    """Whether a value changed; a flag that a new row does not set is no change."""
    return before != after and not (before is None and after is False)


def word(name: str) -> str:
    """A column's name as people read it."""
    return _WORDS.get(name, name.removesuffix("_id").replace("_", " "))


def names_of_references(session: Session, bodies: Sequence[Mapping[str, Any]]) -> Names:
    """What the rows that events refer to are called now: one statement per table referred to."""
    wanted = defaultdict(set)
    for body in bodies:
        for values in (body["before"] or {}, body["after"]):
            for name, value in values.items():
                target = _target(body["table"], name)
                if target in _NAMES and value is not None:
                    wanted[target].add(value)
    names: dict[tuple[str, int], str] = {}
    for table, ids in wanted.items():
        column: Any = _NAMES[table]
        found = session.execute(select(column.class_.id, column).where(column.class_.id.in_(ids)))
        names |= {(table, row): name for row, name in found}
    return names


def _columns(table: str) -> Mapping[str, Column[Any]]:
    known = Base.metadata.tables.get(table)
    return {} if known is None else {column.key: column for column in known.columns}


def _target(table: str, name: str) -> str:
    """The table that a column refers to by its id; nothing where it refers to none."""
    column = _columns(table).get(name)
    keys = [key.column for key in column.foreign_keys] if column is not None else []
    return next((key.table.name for key in keys if key.name == "id"), "")


def _shown(table: str, name: str, value: Any, names: Names) -> str | None:
    """A value as people read it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, list | dict):
        return f"{len(value)} entries"
    target = _target(table, name)
    if target:
        return names.get((target, value), f"#{value}")
    if isinstance(_columns(table)[name].type, LargeBinary):
        return f"{len(value) // 2:,} bytes"
    if (table, name) in _LONG:
        return f"{len(value):,} characters"
    return str(value)
