"""Describe changes in words: who changed what, when and why, the old and new values, and whether this is proven."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from planner.evidence.anchor import Anchor
from planner.evidence.logged import LoggedEvent
from planner.queries.history.log_fields import LoggedChange, field_changes, names_of_references
from planner.queries.history.log_subjects import item_by_row
from planner.queries.history.names_then import NamesThen

# Tables that count as part of the item's own history in addition to its own rows: its criterion, and redactions.
_CRITERION = frozenset({"measure", "link", "link_review", "redaction", "unlinked"})


@dataclass(frozen=True)
class DescribedEvent:
    """An event in words, with its instant in UTC and in the plan's time zone.

    `of_item` is True for the item's own events. `added` is True if the event added a row. `anchored` is True if the
    checkpoint commits to the event. `redacted` is True if text was later removed from the event.
    """

    seq: int
    recorded_at: str
    local: str
    actor: str
    on_behalf_of: str | None
    action: str
    what: str
    label: str
    reason: str | None
    added: bool
    anchored: bool
    redacted: bool
    of_item: bool
    fields: tuple[LoggedChange, ...]


def changes(
    session: Session, events: Iterable[LoggedEvent], anchor: Anchor, redacted: Collection[int], time_zone: str
) -> tuple[DescribedEvent, ...]:
    """Describe events in words, in the order of the log. Rows that they refer to have their names of then."""
    listed = list(events)
    names = names_of_references(session, [event.fields for event in listed])
    return tuple(_changes(listed, names, anchor, redacted, ZoneInfo(time_zone)))


def _changes(
    events: Iterable[LoggedEvent], names: NamesThen, anchor: Anchor, redacted: Collection[int], zone: ZoneInfo
) -> Iterator[DescribedEvent]:
    own = item_by_row().keys() | _CRITERION
    for event in events:
        fields, table = event.fields, event.place[0]
        at = datetime.fromisoformat(fields["recorded_at"])
        yield DescribedEvent(
            seq=event.seq,
            recorded_at=f"{at:%Y-%m-%d %H:%M:%S} UTC",
            local=f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            actor=fields["actor"],
            on_behalf_of=fields["on_behalf_of"],
            action=fields["action"],
            what=table.replace("_", " "),
            label=fields["label"],
            reason=fields["reason"],
            added=fields["before"] is None,
            anchored=event.seq <= anchor.size,
            redacted=event.seq in redacted,
            of_item=table in own,
            fields=field_changes(table, fields["before"], fields["after"], names.at(at)),
        )
