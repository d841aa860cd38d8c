"""Taking back an import with one compensating write.

Items, themes and parts of items that the import added stay in the database as rows that no longer belong to the
register. They give up their codes, numbers and keys, so that the same file can be imported again. Values that the
import changed become what they were. Organisations and kinds of items stay, because other rows may use them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import exists, select

from planner.base.language import tr
from planner.domain.codes import code_key
from planner.queries.id_in import id_in
from planner.queries.plans.theme_numbers import TAKEN_OUT
from planner.register.known import decode_values
from planner.register.writing import Writing
from planner.store.event_actions import UNDO_IMPORT
from planner.store.journal import ChangedRow, Journal, NewRow
from planner.store.many_rows import in_portions
from planner.store.models import (
    AuditEvent,
    Base,
    DateChange,
    ImportBatch,
    Indicator,
    Item,
    ItemChange,
    Milestone,
    MilestoneReport,
    Observation,
    Organisation,
    OrganisationChange,
    Person,
    PlanChange,
    Responsibility,
    StatusUpdate,
    Target,
    TargetChange,
    Theme,
    Withdrawal,
)
from planner.writes.imports.later import require_untouched
from planner.writes.imports.written import Change, ImportWrite, Written, read_written

_CODE = 48

# The values of a row by column.
_Row = Mapping[str, Any]

# The tables whose rows an import changes. Kept mappings of columns stay.
_EDITED: Mapping[str, type[Base]] = {
    model.__tablename__: model
    for model in (Item, Theme, Responsibility, Milestone, Indicator, Target, Organisation, Person)
}


def undo_import(journal: Journal, writing: Writing, found: ImportWrite, reason: str | None) -> None:
    """Take back an import, within an open write. Raises NotAllowedError if later records depend on it."""
    written = read_written(writing.session, found)
    require_untouched(writing.session, written)
    why = reason or tr("the import was undone")
    _Undoing(journal, writing, written, why).run()
    batch = writing.session.get_one(ImportBatch, found.id)
    journal.note(batch, action=UNDO_IMPORT, label=writing.plan.key, reason=why)


class _Undoing:
    """The steps of taking back one import."""

    def __init__(self, journal: Journal, writing: Writing, written: Written, reason: str) -> None:
        self._journal = journal
        self._session = writing.session
        self._today = writing.today
        self._written = written
        self._reason = reason

    def run(self) -> None:
        """Take back everything, first what was added, because changed rows may get codes back that it has now."""
        # docs/decisions/0124: the rows stay, and give up their codes, numbers and keys.
        new_items = self._written.added[Item.__tablename__]
        self._take_out(Item, new_items, without_code)
        self._take_out(Milestone, self._of_older_items(Milestone), without_key)
        self._take_out(Indicator, self._of_older_items(Indicator), without_key)
        self._take_out(Responsibility, self._of_older_items(Responsibility))
        self._take_out(Target, self._targets())
        for name, model in _EDITED.items():
            self._restore(model, self._written.changed[name])
        self._take_out(Theme, self._written.added[Theme.__tablename__], _without_number)
        self._let_go(self._written.added[Person.__tablename__])
        for model in (StatusUpdate, MilestoneReport, Observation):
            self._withdraw(model)
        self._withdraw(DateChange)
        self._exchange(ItemChange, ("old_value", "new_value"))
        self._exchange(TargetChange, ("old_value", "new_value"), ("old_due", "new_due"))
        self._exchange(OrganisationChange, ("old_name", "new_name"))
        self._exchange(PlanChange, ("old_value", "new_value"))

    def _of_older_items(self, model: type[Base]) -> list[int]:
        """Return the added rows of a table that belong to items that the import did not add."""
        new_items = self._written.added[Item.__tablename__]
        rows = self._written.added[model.__tablename__]
        return [row_id for row_id, owner in rows.items() if owner["item_id"] not in new_items]

    def _targets(self) -> list[int]:
        new = self._written.added[Indicator.__tablename__]
        rows = self._written.added[Target.__tablename__]
        return [row_id for row_id, owner in rows.items() if owner["indicator_id"] not in new]

    def _rows(self, model: Any, ids: Iterable[int]) -> Iterable[Any]:
        """Yield rows in portions, and write each portion before the next one is read."""
        for portion in in_portions(ids):
            yield from self._session.execute(select(model).where(id_in(self._session, model.id, portion))).scalars()
            self._journal.close()
            self._session.expunge_all()

    def _take_out(self, model: type[Base], ids: Iterable[int], names: Callable[[_Row], _Row] | None = None) -> None:
        """Take rows out of the register. `names` returns the code, number or key that a row has from now on."""
        labels = self._written.labels[model.__tablename__]
        rows = (
            ChangedRow(
                row,
                {"taken_out": True, **(names(row) if names else {})},
                # The title too: nobody finds the item by its code any more.
                f"{row['code']} {row['title']}" if model is Item else labels[row["id"]],
                self._reason,
            )
            for row in self._values(model, ids)
        )
        self._journal.change_many(model, rows, action=UNDO_IMPORT)

    def _values(self, model: Any, ids: Iterable[int]) -> Iterator[_Row]:
        """Yield the values of rows in all columns. They are read in portions, and no objects are made."""
        table = model.__table__
        names = table.columns.keys()
        for portion in in_portions(ids):
            rows = select(table).where(id_in(self._session, model.id, portion)).order_by(table.c.id)
            for row in self._session.connection().execute(rows):
                yield dict(zip(names, row, strict=True))

    def _restore(self, model: type[Base], changes: Mapping[int, Change]) -> None:
        for row in self._rows(model, changes):
            change = changes[row.id]
            values = decode_values(model, change.before)
            self._journal.change(row, values, action=UNDO_IMPORT, label=change.label, reason=self._reason)

    def _let_go(self, ids: Iterable[int]) -> None:
        """Let the people go whom the import added, unless they have written anything since."""
        for row in self._rows(Person, ids):
            if self._session.execute(select(exists().where(AuditEvent.actor == row.login))).scalar_one():
                continue
            self._journal.change(row, {"active": False}, action=UNDO_IMPORT, label=row.login, reason=self._reason)

    def _withdraw(self, model: type[Base]) -> None:
        name = model.__tablename__
        labels = self._written.labels[name]
        rows = (
            NewRow({f"{name}_id": row_id, "reason": self._reason}, labels[row_id], self._reason)
            for row_id in self._written.added[name]
        )
        self._journal.add_many(Withdrawal, rows, action=UNDO_IMPORT)

    def _exchange(self, model: type[Base], *pairs: Sequence[str]) -> None:
        """Add a row of history for each added one, with the old and new values exchanged."""
        labels = self._written.labels[model.__tablename__]
        added = self._written.added[model.__tablename__]
        rows = (self._exchanged(model, values, pairs, labels[row_id]) for row_id, values in added.items())
        self._journal.add_many(model, rows, action=UNDO_IMPORT)

    def _exchanged(
        self, model: type[Base], values: Mapping[str, Any], pairs: Iterable[Sequence[str]], label: str
    ) -> NewRow:
        known = decode_values(model, {name: value for name, value in values.items() if name not in _OWN})
        turned = dict(known)
        for old, new in pairs:
            turned |= {old: known[new], new: known[old]}
        return NewRow({**turned, "as_of": self._today, "reason": self._reason}, label, self._reason)


# The columns that each row of history has for itself.
_OWN = frozenset({"id", "actor", "recorded_at"})


def without_code(row: _Row) -> _Row:
    """Return the code that an item has from now on, with its key."""
    code = f"{row['code'][:_CODE]}~{row['id']}"
    return {"code": code, "code_key": code_key(code)}


def without_key(row: _Row) -> _Row:
    """Return the number and key of a milestone or indicator that was taken out, so that others can have its own."""
    return {"number": TAKEN_OUT + row["id"], "key": f"{row['key'][:_CODE]}~{row['id']}"}


def _without_number(row: _Row) -> _Row:
    return {"number": TAKEN_OUT + row["id"]}
