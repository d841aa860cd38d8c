"""Redaction: removing from the history a text that should never have been entered, and recording the removal.

The events keep their leaf hashes, so the log's Merkle tree and every checkpoint stay valid. In the bytes of the events,
`[redacted]` replaces the text. The same write adds events to the log that name the replaced events and the digests of
their new bytes.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.fingerprints import item_fingerprint
from planner.base.language import tr
from planner.base.texts import folded, letters_and_digits, required
from planner.domain.mail_addresses import checked_address, checked_addresses
from planner.domain.rules.permissions import Permission
from planner.queries.history.redactable import Removal, RowTexts, ToRedact, read_removal
from planner.queries.history.redactions import event_label
from planner.register.writing import Writing
from planner.store.dialects import overwrite_deleted
from planner.store.journal import Actor, Journal
from planner.store.models import (
    CONTENT,
    CONTENT_FIELD,
    REASON,
    REDACTABLE_IN_EDITABLE,
    REDACTED,
    AuditEvent,
    IssuedContent,
    Item,
    Measure,
    Person,
    RedactedEvent,
    Redaction,
    SeededRow,
    all_tables,
    class_called,
)
from planner.writes.permission import require

ACTION = "redact"


@dataclass(frozen=True)
class Redacted:
    """A recorded redaction: its number, what it removed, and by whom, when and why."""

    id: int
    what: ToRedact
    reason: str
    actor: str
    recorded_at: datetime


def redact(
    writing: Writing,
    seq: int,
    fields: Sequence[str],
    reason: str,
    *,
    instead: str | None = None,
    expected: ToRedact | None = None,
) -> Redacted:
    """Remove the text of some fields of an event from the register, and record the redaction.

    If the text is in a row that can be edited, it can be replaced by the text `instead`, which is written as an
    ordinary change. `expected` is the preview that the user was shown.

    Raises NotAllowedError if the actor is not an administrator, or if the redaction would now remove something other
    than `expected`. Raises BadValueError if the reason repeats the removed text, or if a replacement is not possible.
    Also raises the errors of `read_removal`.
    """
    why = required(reason, REASON)
    with writing.journal(of_plan=False) as journal:
        require(writing.session, writing.actor, Permission.REDACT)
        removal = read_removal(writing.session, seq, fields)
        if expected is not None and removal.what != expected:
            raise NotAllowedError(
                tr("something was recorded in the meantime, so nothing was redacted"),
                do=tr("Check the field and try again"),
            )
        _require_no_repetition(why, REASON, removal.what.first.texts.values())
        new = _values_instead(instead, removal.what.first)
        overwrite_deleted(writing.session)
        row = record_removal(journal, removal, why)
        remove_texts(journal, removal)
        _apply_replacement(journal, removal.what.first, new, why)
        return Redacted(row.id, removal.what, why, row.actor, row.recorded_at)


def preview_redaction(session: Session, actor: Actor, seq: int, fields: Sequence[str]) -> ToRedact:
    """Return what a redaction would remove. Raises the errors of `redact`."""
    require(session, actor, Permission.REDACT)
    return read_removal(session, seq, fields).what


def _require_no_repetition(given: str, where: str, texts: Iterable[str]) -> None:
    """Raise BadValueError if a reason or a replacement, which will stay, repeats one of the texts to be removed."""
    given_words = letters_and_digits(folded(given))
    if any(text in given or (letters_and_digits(folded(text)) or text) in given_words for text in texts):
        raise BadValueError(
            tr("the replacement text repeats the text to be redacted, which would then stay in the log"),
            where=where,
            do=tr("Give a replacement text that does not contain the redacted text"),
        )


def _values_instead(instead: str | None, row: RowTexts) -> dict[str, str]:
    """Return the replacement text by field name, or an empty dict if no replacement was given.

    Raises BadValueError if the row cannot be edited, or if more than one field would get the same text.
    """
    if instead is None:
        return {}
    fields = [field for field in row.texts if field in REDACTABLE_IN_EDITABLE.get(row.table, ())]
    if len(fields) != 1:
        raise BadValueError(
            tr("only the text of a single field can be replaced")
            if fields
            else tr("the text of a field of {table} cannot be replaced", table=row.table),
            where="instead",
            do=tr("Redact a single field of a row that can be edited; docs/redacting.md lists these fields"),
        )
    text = required(instead, "instead")
    _require_no_repetition(text, "instead", row.texts.values())
    if fields[0] == "mail_address":
        text = _checked_address(row.table, text)
    return {fields[0]: text}


def _checked_address(table: str, text: str) -> str:
    check = checked_address if table == Person.__tablename__ else checked_addresses
    return required(check(text, "instead"), "instead")


def record_removal(journal: Journal, removal: Removal, reason: str) -> Redaction:
    """Record the redaction of each row, with its fields and events, and each removed content of an issued file.

    Return the redaction of the row that the user named.
    """
    redactions = [_record_row(journal, removal, row, reason) for row in removal.what.rows]
    for content, name in removal.contents.items():
        _add(journal, CONTENT, content, CONTENT_FIELD, reason, name)
    journal.session.flush()
    return redactions[0]


def _record_row(journal: Journal, removal: Removal, what: RowTexts, reason: str) -> Redaction:
    row = _add(journal, what.table, what.row, ",".join(what.texts), reason, what.label)
    journal.session.flush()
    for seq in what.events:
        replaced = RedactedEvent(redaction_id=row.id, seq=seq, digest=hashlib.sha256(removal.bodies[seq]).hexdigest())
        journal.add(replaced, action=ACTION, label=event_label(seq))
    return row


def _add(journal: Journal, table: str, row_id: int, fields: str, reason: str, label: str) -> Redaction:
    row = Redaction(
        table_name=table,
        row_id=row_id,
        fields=fields,
        reason=reason,
    )
    return journal.add(row, action=ACTION, label=label, reason=reason)


def remove_texts(journal: Journal, removal: Removal) -> None:
    """Replace the redacted texts in rows and events with the redaction marker.

    The database triggers allow this for the rows that a redaction names.
    """
    session = journal.session
    for seq, body in removal.bodies.items():
        session.execute(update(AuditEvent).where(AuditEvent.seq == seq).values(body=body))
    emptied = update(IssuedContent).where(IssuedContent.id.in_(list(removal.contents)))
    session.execute(emptied.values(deflated=b""))
    for what in removal.what.rows:
        _remove_from_row(session, what)
    session.expire_all()
    for what in removal.what.rows:
        _remove_from_seeded_rows(session, what)


def _remove_from_row(session: Session, what: RowTexts) -> None:
    table: Any = all_tables().tables[what.table]
    for field, text in what.texts.items():
        if field in table.c:
            conditions = (table.c.id == what.row, table.c[field] == text)
            session.execute(update(table).where(*conditions).values({field: REDACTED}))


def _remove_from_seeded_rows(session: Session, what: RowTexts) -> None:
    """Remove the texts from the record of the values that the loader wrote.

    The loader treats a value without such a record as edited by a person, and does not overwrite it.
    """
    conditions = (SeededRow.table_name == what.table, SeededRow.row_id == what.row)
    for seeded in session.execute(select(SeededRow).where(*conditions)).scalars():
        seeded.said = {name: value for name, value in seeded.said.items() if (name, value) not in what.texts.items()}


def _apply_replacement(journal: Journal, what: RowTexts, instead: dict[str, str], reason: str) -> None:
    """Write the replacement text to the row as an ordinary change.

    If the row is an item, also update its fingerprint.
    """
    model: Any = class_called(what.table)
    row = journal.session.get_one(model, what.row)
    values: dict[str, Any] = dict(instead)
    if isinstance(row, Item):
        measure = journal.session.get_one(Measure, row.measure_id).code if row.measure_id is not None else None
        values["fingerprint"] = item_fingerprint(instead.get("title", row.title), measure)
    journal.change(row, values, action=ACTION, label=what.label, reason=reason)
