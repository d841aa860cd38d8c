"""What an undo of an import would need again, and what is gone since: themes, kinds of items and organisations."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.vocabulary import OrganisationEvent
from planner.queries.id_in import id_in
from planner.queries.people.ended import read_ended
from planner.queries.plans.gone import kinds_gone, themes_gone
from planner.store.many_rows import in_portions
from planner.store.models import AuditEvent, Item, Organisation, OrganisationChange
from planner.writes.imports.written import Written

# The sentence that says what became of a theme, a kind or an organisation, by the value that a column has of it.
_Sentences = Mapping[Any, str]


def needed_and_gone(session: Session, written: Written) -> Iterator[str]:
    """Yield what became of each theme, kind and lead that an undo would give an item again, and that is gone."""
    themes: _Sentences = {one.id: one.what() for one in themes_gone(session, written.plan_id)}
    kinds: _Sentences = {one.key: one.what() for one in kinds_gone(session, written.plan_id)}
    gone = {"theme_id": themes, "kind": kinds, "lead_id": _ended_since(session, written)}
    if not any(gone.values()):
        return
    for row in _items_again(session, written):
        yield from (sentences[row[name]] for name, sentences in gone.items() if row[name] in sentences)


def _items_again(session: Session, written: Written) -> Iterator[Mapping[str, Any]]:
    """Yield the values that the changed items would have again, without the items that would stay removed."""
    changed = written.changed[Item.__tablename__]
    for portion in in_portions(changed):
        own = select(Item.id, Item.theme_id, Item.kind, Item.lead_id, Item.taken_out)
        for row in session.execute(own.where(id_in(session, Item.id, portion))).mappings():
            again = {**row, **changed[row["id"]].before}
            if not again["taken_out"]:
                yield again


def _ended_since(session: Session, written: Written) -> _Sentences:
    """Return what became of the organisations that were merged or dissolved after the import, by their ids."""
    of_change = AuditEvent.table_name == OrganisationChange.__tablename__, AuditEvent.seq > written.last_seq
    since = select(OrganisationChange.organisation_id).join(AuditEvent, AuditEvent.row_id == OrganisationChange.id)
    ids = set(session.execute(since.where(*of_change, OrganisationChange.kind != OrganisationEvent.RENAMED)).scalars())
    if not ids:
        return {}
    ended = read_ended(session)
    names = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids & ended.keys()))
    return {row_id: ended[row_id].what(name) for row_id, name in session.execute(names)}
