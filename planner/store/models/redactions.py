"""Redactions: text that an administrator removed from the history because it should never have been entered."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.base.texts import REDACTED as REDACTED
from planner.store.model_loading import table_called
from planner.store.models.base import Base, Key, Recorded, Sha256, hex_digest, not_blank

# The columns of the history tables whose text can be redacted. The triggers have the same list.
REDACTABLE = {
    "assessment": ("reason", "evidence"),
    "attachment": ("file_name",),
    "completion_confirmation": ("reason",),
    "date_change": ("reason",),
    "extension_answer": ("reason",),
    "extension_request": ("reason",),
    "finding_review": ("statement", "reason"),
    "help_answer": ("answer",),
    "import_batch": ("reason",),
    "item_change": ("old_value", "new_value", "reason"),
    "link_review": ("rationale",),
    "milestone_report": ("evidence",),
    "observation": ("evidence",),
    "organisation_change": ("old_name", "new_name", "reason"),
    "person_change": ("old_value", "new_value", "reason"),
    "plan_act": ("reason",),
    "plan_change": ("old_value", "new_value", "reason"),
    "status_update": ("done", "next", "blocker", "help_needed", "evidence", "ending_reason", "help_from"),
    "target_change": ("reason",),
    "weekly_issue": ("reason",),
    "withdrawal": ("reason",),
}

# The same for tables whose rows can be edited. No triggers protect them.
REDACTABLE_IN_EDITABLE = {
    "crosswalk_row": ("rationale",),
    "drafted_clause": ("restatement",),
    "drafted_row": ("rationale",),
    "indicator": ("name",),
    "item": ("title", "lead_note", "source", "note"),
    "link": ("rationale",),
    "milestone": ("title", "completion_test"),
    "organisation": ("mail_address",),
    "person": ("name", "mail_address"),
    "unlinked": ("reason",),
}

# The stored bytes of an issued file. A redaction with this table and column means that the bytes were removed.
CONTENT, CONTENT_FIELD = "issued_content", "deflated"

# The name of a field of every event, and of a column of some tables.
REASON = "reason"


def redactable_fields(table: str) -> tuple[str, ...]:
    """Return the fields of a table's rows and events whose text can be redacted, or an empty tuple if none can."""
    known = table_called(table)
    if known is None or table in (Redaction.__tablename__, RedactedEvent.__tablename__):
        return ()
    fields = REDACTABLE.get(table, ()) + REDACTABLE_IN_EDITABLE.get(table, ())
    # If the table has no such column, the reason is only in the event and is redacted in the event's bytes.
    return fields if REASON in known.columns else (*fields, REASON)


class Redaction(Recorded, Base):
    """The removal of text from some columns of one row and from the events that contained it.

    Rows are only ever added.

    `fields` holds the names of the columns, separated by commas. The reason must not repeat the text.
    """

    __tablename__ = "redaction"
    __table_args__ = (Index(None, "table_name", "row_id"), not_blank("reason"), not_blank("fields"))

    id: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(Key)
    row_id: Mapped[int]
    fields: Mapped[str]
    reason: Mapped[str]


class RedactedEvent(Base):
    """An event whose bytes were replaced by a redaction. `digest` is the SHA-256 of the new bytes.

    The leaf hash stays, so the Merkle tree of the log does not change. The digest reveals any later change to the new
    bytes. Rows are only ever added.
    """

    __tablename__ = "redacted_event"
    __table_args__ = (
        UniqueConstraint("redaction_id", "seq"),
        Index(None, "seq"),
        CheckConstraint("seq > 0", name="seq_positive"),
        hex_digest("digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    redaction_id: Mapped[int] = mapped_column(ForeignKey("redaction.id"))
    seq: Mapped[int] = mapped_column(ForeignKey("audit_event.seq"))
    digest: Mapped[str] = mapped_column(Sha256)
