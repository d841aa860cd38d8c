"""Compare the loader's notes on the data files (table `seeded_row`) with the events by which it loaded the rows.

The notes have no events of their own. If somebody changed a note, the next load could mistake a person's entry for a
value of the data files, or a value of the data files for a person's entry.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.domain.vocabulary import RowSource
from planner.integrity.chain import PORTION
from planner.integrity.event_bytes import read_body
from planner.integrity.problems import ProblemKind, Problems
from planner.queries.mandates.text_ranks import FIELD
from planner.store.event_actions import SEED
from planner.store.models import AuditEvent, SeededRow, Target, TextFinding

# In revision 0005 entries got keys, and the names of their targets were changed without an event.
_RENAMED = frozenset({Target.__tablename__})


# Noted values for which the table has no column. They are compared with the reason given in the log.
_WITHOUT_COLUMN = {TextFinding.__tablename__: (FIELD,)}

_NOTES = (
    select(SeededRow.row_id, SeededRow.seed_key, SeededRow.said)
    .where(SeededRow.source == RowSource.SEEDS, SeededRow.table_name == bindparam("table"))
    .order_by(SeededRow.row_id)
)
_LOADED = (
    select(AuditEvent.row_id, AuditEvent.body)
    .where(AuditEvent.table_name == bindparam("table"), AuditEvent.action == SEED)
    .order_by(AuditEvent.row_id, AuditEvent.seq)
)


class _Note(NamedTuple):
    """A note of the loader about a row: its key and its values in the data files."""

    row_id: int
    seed_key: str
    values: Mapping[str, Any]


@dataclass
class _Loaded:
    """What the log says about a loaded row: its key in the data files, and each field's last loaded value."""

    row_id: int
    label: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def check_seeded(session: Session, problems: Problems) -> int:
    """Report every difference between the loader's notes and the log. Return the number of notes checked."""
    loaded = select(AuditEvent.table_name).where(AuditEvent.action == SEED).distinct()
    noted = select(SeededRow.table_name).where(SeededRow.source == RowSource.SEEDS).distinct()
    tables = {*session.execute(loaded).scalars(), *session.execute(noted).scalars()}
    return sum(_check_table(session, table, problems) for table in sorted(tables))


def _check_table(session: Session, table: str, problems: Problems) -> int:
    checked = 0
    for note, loaded in _paired(_notes(session, table), _loaded(session, table)):
        where = f"seeded_row of {table} {(note or loaded).row_id}"  # type: ignore[union-attr]
        checked += note is not None
        if loaded is None:
            problems.add(ProblemKind.ADDED, where, tr("the log has no event that loaded the row"))
        elif note is None:
            problems.add(
                ProblemKind.MISSING,
                where,
                tr("the log has an event that loaded the row, but the loader's note is missing"),
            )
        else:
            for what in _differences(table, note, loaded):
                problems.add(ProblemKind.CHANGED, where, what)
    return checked


def _differences(table: str, note: _Note, loaded: _Loaded) -> Iterator[str]:
    if note.seed_key != loaded.label and table not in _RENAMED:
        yield tr(
            "the loader's note has the key '{key}' for the row, but the log has the key '{logged}'",
            key=note.seed_key,
            logged=loaded.label,
        )
    for name in sorted(note.values):
        # Only values in the note are compared: a redaction removes a value from the note but not from the event,
        # which gets the marker instead.
        if name not in loaded.values or note.values[name] != loaded.values[name]:
            value = repr(note.values[name])
            if name in loaded.values:
                logged = repr(loaded.values[name])
                yield tr("'{field}' is {value}, but {logged} in the log", field=name, value=value, logged=logged)
            else:
                yield tr("'{field}' is {value}, but the log has no such field", field=name, value=value)
    for name in _WITHOUT_COLUMN.get(table, ()):
        if name in loaded.values and name not in note.values:
            yield tr(
                "the loader's note lacks '{field}'; the log has {logged}", field=name, logged=repr(loaded.values[name])
            )


def _noted(table: str, reason: str | None) -> dict[str, str]:
    """Return a value that an event has only in its reason, as in `rank: low`, because the table has no such column."""
    name, _, value = (reason or "").partition(": ")
    return {name: value} if name in _WITHOUT_COLUMN.get(table, ()) else {}


def _paired(notes: Iterator[_Note], loaded: Iterator[_Loaded]) -> Iterator[tuple[_Note | None, _Loaded | None]]:
    """Yield pairs of a note and a loaded row with the same row id. One of a pair is None if it is missing.

    Both inputs must be sorted by row id.
    """
    note, row = next(notes, None), next(loaded, None)
    while note is not None or row is not None:
        with_note = note is not None and (row is None or note.row_id <= row.row_id)
        with_row = row is not None and (note is None or row.row_id <= note.row_id)
        yield note if with_note else None, row if with_row else None
        note = next(notes, None) if with_note else note
        row = next(loaded, None) if with_row else row


def _notes(session: Session, table: str) -> Iterator[_Note]:
    rows = session.execute(_NOTES, {"table": table}, execution_options={"yield_per": PORTION})
    return (_Note(*row) for row in rows)


def _loaded(session: Session, table: str) -> Iterator[_Loaded]:
    events = session.execute(_LOADED, {"table": table}, execution_options={"yield_per": PORTION})
    for row_id, own in groupby(events, key=lambda event: event[0]):
        loaded = _Loaded(row_id)
        # Bytes that are not an event are reported by the check of the log.
        for fields in filter(None, (read_body(body) for _, body in own)):
            before, after = fields["before"] or {}, fields["after"]
            loaded.label = fields["label"]
            loaded.values |= {
                name: value for name, value in after.items() if name not in before or before[name] != value
            }
            loaded.values |= _noted(table, fields["reason"])
        yield loaded
