"""The fields that an event of the audit log changed, with readable names for columns and referenced rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, LargeBinary, select
from sqlalchemy.orm import Session

from planner.base.formats import plain_number
from planner.base.language import later, tr, tr_count, tr_later
from planner.base.views import value_class
from planner.queries.history.item_acts import names_of_keys
from planner.queries.history.names_then import Key, Names, NamesThen, read_names_then, rows_of_keys
from planner.store.models import Item, Theme, table_called, table_referred_to

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
    "reworded",
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

# Columns that hold whole documents: only their length is shown.
_LONG = {("attachment", "text")}

# The facts whose values are keys of rows in the histories of acts, and the table of these rows. A value can be several.
_KEYED = {
    ("item_change", "lead"): "organisation",
    ("item_change", "supporting"): "organisation",
    ("item_change", "accountable"): "person",
    ("item_change", "theme"): "theme",
    ("person_change", "organisation"): "organisation",
    ("plan_change", "organisation"): "organisation",
}


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
                _kept_value(kept, values.get(name), after, names)
                if kept and name in _VALUES
                else _display_text(table, name, values.get(name), names)
                for values in (earlier, after)
            ),
        )
        for name in changed
    )


_VALUES = ("old_value", "new_value")


def _kept_value(table: str, value: str | None, act: Mapping[str, Any], names: Names) -> str | None:
    """Return a value that the history of an act keeps, with names in place of keys, and a title after a number."""
    if table != Theme.__tablename__ or value is None:
        return names_of_keys(value, lambda key: names.get((table, key)))
    return " ".join((value, names.get((table, _theme_key(act, value)), ""))).strip()


def _theme_key(act: Mapping[str, Any], number: str) -> str:
    """Return a key for the theme of a number: each plan has a theme 1."""
    return f"{number} of item {act['item_id']}"


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
    wanted = {
        (target, value)
        for body in bodies
        for values in (body["before"] or {}, body["after"])
        for name, value in values.items()
        if value is not None and (target := _target(body["table"], name))
    }
    return read_names_then(session, wanted, _keyed_rows(session, bodies))


def _keyed_rows(session: Session, bodies: Sequence[Mapping[str, Any]]) -> dict[Key, int]:
    """Return the rows whose keys are values of acts, by these keys."""
    wanted: dict[str, set[str]] = defaultdict(set)
    moved: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for body in bodies:
        act = body["after"]
        table = _KEYED.get((body["table"], str(act.get("field"))))
        if table == Theme.__tablename__:
            moved[act["item_id"]].append(act)
        elif table:
            wanted[table].update(key for name in _VALUES for key in (act.get(name) or "").split(", "))
    found = _themes(session, moved) if moved else {}
    for table, keys in wanted.items():
        found |= rows_of_keys(session, table, keys)
    return found


def _themes(session: Session, moved: Mapping[int, Sequence[Mapping[str, Any]]]) -> dict[Key, int]:
    """Return the themes from and to which acts moved items, by the keys of these acts."""
    themes = (
        select(Item.id, Theme.number, Theme.id).join(Theme, Theme.plan_id == Item.plan_id).where(Item.id.in_(moved))
    )
    ids = {(item, str(number)): row for item, number, row in session.execute(themes)}
    return {
        (Theme.__tablename__, _theme_key(act, act[name])): ids[item, act[name]]
        for item, acts in moved.items()
        for act in acts
        for name in _VALUES
        if (item, act.get(name)) in ids
    }


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
