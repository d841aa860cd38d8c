"""Edits of an item's own rows, out of the audit log: per field what it said before and says after."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from planner.models import AuditEvent, DerivationRule, Indicator, Measure, Organisation, Person, Target, Theme
from planner.queries.instants import known_by
from planner.queries.views import ItemView

# Fields that name another row, and what people call that row by.
_NAMES: dict[str, InstrumentedAttribute[str]] = {
    "accountable_id": Person.name,
    "due_rule_id": DerivationRule.key,
    "lead_id": Organisation.name,
    "lead_rule_id": DerivationRule.key,
    "measure_id": Measure.code,
    "rule_id": DerivationRule.key,
    "starts_rule_id": DerivationRule.key,
    "theme_id": Theme.title,
}
# Fields that only follow from others.
_DERIVED = ("citation_id", "fingerprint")


@dataclass(frozen=True)
class FieldChange:
    """What a field said before an edit and after it; None where it said nothing."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Edit:
    """One edit of the item's row, or of a row that is part of it; `subject` says which."""

    subject: str
    recorded_at: datetime
    actor: str
    reason: str | None
    changes: tuple[FieldChange, ...]


def read_edits(session: Session, item: ItemView, known_at: datetime | None = None) -> tuple[Edit, ...]:
    """The edits of an item, its milestones, indicators and targets recorded by an instant, oldest first."""
    subjects = _subjects(session, item)
    statement = select(AuditEvent).where(_about(subjects)).order_by(AuditEvent.seq)
    if known_at is not None:
        statement = statement.where(known_by(AuditEvent.recorded_at, known_at))
    edits = []
    for event in session.execute(statement).scalars():
        body = json.loads(event.body)
        # The event by which a row was added has nothing before it.
        if body["before"] is not None:
            changes = tuple(_changes(session, body["before"], body["after"]))
            subject = subjects[event.table_name, event.row_id]
            edits.append(Edit(subject, event.recorded_at, event.actor, body["reason"], changes))
    return tuple(edits)


def _subjects(session: Session, item: ItemView) -> dict[tuple[str, int], str]:
    """What people call the rows that make up an item, by table and id."""
    subjects = {("item", item.id): "the item"}
    subjects |= {("milestone", milestone.id): f"milestone {milestone.number}" for milestone in item.milestones}
    rows = session.execute(
        select(Indicator.id, Indicator.number, Target.id)
        .outerjoin(Target, Target.indicator_id == Indicator.id)
        .where(Indicator.item_id == item.id)
    )
    for indicator, number, target in rows:
        subjects["indicator", indicator] = f"indicator {number}"
        if target is not None:
            subjects["target", target] = f"target of indicator {number}"
    return subjects


def _about(subjects: dict[tuple[str, int], str]) -> ColumnElement[bool]:
    tables = {table for table, _ in subjects}
    return or_(
        *(
            and_(AuditEvent.table_name == table, AuditEvent.row_id.in_([row for of, row in subjects if of == table]))
            for table in sorted(tables)
        )
    )


def _changes(session: Session, before: dict[str, Any], after: dict[str, Any]) -> Iterator[FieldChange]:
    for field, value in after.items():
        if field not in _DERIVED and before.get(field) != value:
            name = field.removesuffix("_id").replace("_", " ")
            yield FieldChange(name, _shown(session, field, before.get(field)), _shown(session, field, value))


def _shown(session: Session, field: str, value: Any) -> str | None:
    """A field's value as people read it: another row by its name."""
    if value is None or field not in _NAMES:
        return None if value is None else str(value)
    column = _NAMES[field]
    name = session.execute(select(column).where(column.class_.id == value)).scalar_one_or_none()
    return name or str(value)
