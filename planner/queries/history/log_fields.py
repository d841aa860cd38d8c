"""The fields that an event of the audit log changed, with readable names for columns and referenced rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from typing import Any

from sqlalchemy import Column, LargeBinary, func, select
from sqlalchemy.orm import Session

from planner.base.formats import plain_number
from planner.base.language import later, tr, tr_count, tr_later
from planner.base.views import value_class
from planner.queries.history.names_then import Names, NamesThen, Place, read_names_then
from planner.store.models import AuditEvent, Item, table_called, table_referred_to
from planner.store.models.items import code_before_removal

# Columns that repeat the event itself, or that are computed from other fields.
_LEFT_OUT = {
    "id",
    "actor",
    "recorded_at",
    "code_key",
    "shape",
    "fingerprint",
    "near_fingerprint",
    "clause_fingerprint",
    "substance",
}

# Columns that are shown in another way: as the earlier value of a field, or as the reason of the event.
_SHOWN_ELSEWHERE = {("date_change", "old_date"), ("date_change", "reason"), ("finding_review", "reason")}

# Columns whose readable name differs from the column's name.
_WORDS = {
    "accountable_id": later("accountable person"),
    "baseline_due": later("baseline due date"),
    "body_id": later("body"),
    "new_date": later("date"),
    "starts": later("start"),
}

# The column with the readable name of a row, by table. Rows of other tables are named by the event that added them.
_NAMES = {
    "clause": "key",
    "derivation_rule": "key",
    "document": "key",
    "drafted_clause": "key",
    "indicator": "name",
    "item": "code",
    "mandate": "key",
    "mandate_draft": "key",
    "measure": "code",
    "milestone": "title",
    "organisation": "short_name",
    "person": "login",
    "plan": "key",
    "theme": "title",
}

# Columns that hold whole documents: only their length is shown.
_LONG = {("attachment", "text")}

# The facts whose values are keys of rows in the histories of acts, and the table of these rows. A value can be several.
_KEYED = {
    ("item_change", "lead"): "organisation",
    ("item_change", "supporting"): "organisation",
    ("item_change", "accountable"): "person",
    ("person_change", "organisation"): "organisation",
    ("plan_change", "organisation"): "organisation",
}
_KEYS = {"organisation": "key", "person": "login"}


@value_class
class LoggedChange:
    """The text of a field before and after a change; None means empty. `word` is the field's readable name."""

    name: str
    word: str
    before: str | None
    after: str | None


def field_changes(
    table: str, before: Mapping[str, Any] | None, after: Mapping[str, Any], names: Names
) -> tuple[LoggedChange, ...]:
    """Return the fields of a row that an event changed, in the order of the table's columns.

    For a new row, return all fields with a value.

    A date change is stored as a new row with the old and the new date, but it is shown as a change of one field.
    """
    earlier = before or ({"new_date": after["old_date"]} if table == "date_change" else {})
    kept = _KEYED.get((table, str(after.get("field"))))
    changed = [
        name
        for name in [column for column in _columns(table) if column in after]
        if name not in _LEFT_OUT and (table, name) not in _SHOWN_ELSEWHERE and _differs(earlier.get(name), after[name])
    ]
    return tuple(
        LoggedChange(
            name,
            word(name),
            *(
                _names_of_keys(kept, values.get(name), names)
                if kept and name in _VALUES
                else _display_text(table, name, values.get(name), names)
                for values in (earlier, after)
            ),
        )
        for name in changed
    )


_VALUES = ("old_value", "new_value")


def _names_of_keys(table: str, keys: str | None, names: Names) -> str | None:
    """Return the names of rows, given their keys as the history of an act keeps them."""
    return "; ".join(names.get((table, key), key) for key in keys.split(", ")) if keys else None


def _differs(before: Any, after: Any) -> bool:
    """Return whether a value changed. A flag that a new row leaves unset is not a change."""
    return before != after and not (before is None and after is False)


def word(name: str) -> str:
    """Return the readable name of a column. `make catalog` adds all these names to the translatable messages."""
    return tr_later(_WORDS.get(name) or plain_name(name))


def plain_name(name: str) -> str:
    """Return the name of a column as words."""
    return name.removesuffix("_id").replace("_", " ")


def names_of_references(session: Session, bodies: Sequence[Mapping[str, Any]]) -> NamesThen:
    """Return the names of the rows that events refer to, at any time. A few statements read each referenced table."""
    wanted = defaultdict(set)
    for body in bodies:
        for values in (body["before"] or {}, body["after"]):
            for name, value in values.items():
                target = _target(body["table"], name)
                if target and value is not None:
                    wanted[target].add(value)
    keys = dict(_keyed_rows(session, bodies))
    for table, row in keys:
        wanted[table].add(row)
    today = {
        (table, row): name
        for table, ids in wanted.items()
        for row, name in (_names if table in _NAMES else _events_that_added)(session, table, ids)
    }
    return read_names_then(session, today, _NAMES, keys)


def _keyed_rows(session: Session, bodies: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Place, str]]:
    """Yield the rows whose keys are values of acts, with these keys."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        table = _KEYED.get((body["table"], str(body["after"].get("field"))))
        if table:
            wanted[table].update(key for name in _VALUES for key in (body["after"].get(name) or "").split(", "))
    for table, keys in wanted.items():
        columns = _columns(table)
        own = columns[_KEYS[table]]
        for row, key in session.execute(select(columns["id"], own).where(own.in_(sorted(keys)))):
            yield (table, row), key


def _names(session: Session, table: str, ids: Set[int]) -> Iterator[tuple[int, str]]:
    columns = _columns(table)
    name = code_before_removal(Item.__table__.c) if table == Item.__tablename__ else columns[_NAMES[table]]
    found = session.execute(select(columns["id"], name).where(columns["id"].in_(ids)))
    yield from ((row, name) for row, name in found)


def _events_that_added(session: Session, table: str, ids: Set[int]) -> Iterator[tuple[int, str]]:
    of_rows = (AuditEvent.table_name == table, AuditEvent.row_id.in_(ids))
    found = session.execute(
        select(AuditEvent.row_id, func.min(AuditEvent.seq)).where(*of_rows).group_by(AuditEvent.row_id)
    )
    yield from ((row, tr("event {number}", number=seq)) for row, seq in found)


@cache
def _columns(table: str) -> Mapping[str, Column[Any]]:
    known = table_called(table)
    return {} if known is None else {column.key: column for column in known.columns}


@cache
def _target(table: str, name: str) -> str:
    """Return the name of the table that a column refers to by id, or an empty text if it refers to none."""
    column = _columns(table).get(name)
    return "" if column is None else table_referred_to(column)


def _display_text(table: str, name: str, value: Any, names: Names) -> str | None:
    """Return the display text of a value."""
    if value is None:
        return None
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, list | dict):
        return tr_count("{count} entry", "{count} entries", len(value))
    target = _target(table, name)
    if target:
        return names.get((target, value), f"#{value}")
    if isinstance(_columns(table)[name].type, LargeBinary):
        return tr("{count:,} bytes", count=len(value) // 2)
    if (table, name) in _LONG:
        return tr("{count:,} characters", count=len(value))
    return str(value)
