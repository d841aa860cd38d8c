"""Reading rows of one plan and of its items."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, select

from planner.queries.chosen import Chosen, items_of_plan
from planner.queries.id_in import dialect_of
from planner.register.raw_rows import columns, each_row, named_rows, raw_rows, to_tuples
from planner.register.reading import Reading
from planner.store.models import Base, Item

_Form = TypeVar("_Form", bound=NamedTuple)
Text = TypeVar("Text", str, str | None)


class MoveRow(NamedTuple):
    """The date change that counts. `owner` is the id of the item or milestone."""

    owner: int
    as_of: date
    id: int
    new_date: date


class PlanRows:
    """Reads rows of the plan of a reading.

    With `then`, the plan is as it was on the reading's day. Otherwise its facts are those of now. `latest` is the
    reading whose history of dates counts. With an instant, the plan is as it was known then. `chosen` are the items
    whose rows are read, if these are not all. `texts` are texts that somebody holds already, each by itself.
    """

    def __init__(
        self,
        reading: Reading,
        *,
        then: bool = False,
        chosen: Chosen | None = None,
        texts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.reading = reading
        self.session = reading.session
        self.plan = reading.plan
        self.chosen = chosen or items_of_plan(reading.plan.id)
        self.latest = reading if then else reading.on_day(date.max)
        self.then = then or reading.known_at is not None
        self._texts = texts
        self._keys: dict[tuple[type[Base], str], dict[int, Any]] = {}

    def keys(self, model: type[Base], name: str) -> dict[int, Any]:
        """Return the values of a column of a table by the ids of the rows. The database is asked once for each."""
        if (model, name) not in self._keys:
            known = columns(model)
            self._keys[model, name] = {row[0]: row[1] for row in self.rows(select(known.id, known[name]))}
        return self._keys[model, name]

    def held(self, text: Text) -> Text:
        """Return the equal text that somebody holds already, or the text itself, so that long ones are held once."""
        return text if text is None else self._texts.get(text, text)

    def rows(self, statement: Any) -> Iterable[Any]:
        """Return the rows of a statement."""
        return self.session.execute(statement)

    def of_items(self, model: type[Base], form: type[_Form], order: str) -> Iterable[_Form]:
        """Return the plan's items, or the rows that belong to them, ordered by a column of theirs.

        There can be very many, so they are not in memory all at once.
        """
        known, item = columns(model), columns(Item)
        mine = self.chosen.condition(dialect_of(self.session))
        statement = select(*(known[name] for name in form._fields)).where(mine)
        if model is not Item:
            statement = statement.join(Item.__table__, item.id == known.item_id).where(~item.taken_out)
        return self.present(model, form, statement.order_by(known[order]), self.chosen.values)

    def present(
        self,
        model: type[Base],
        form: type[_Form],
        statement: Select[Any],
        values: Mapping[str, Any] | None = None,
    ) -> Iterable[_Form]:
        """Return the selected rows without those that are taken out. The first column is the id.

        `values` are the values of the statement's parameters.
        """
        taken_out = columns(model).taken_out
        if not self.then or model.__tablename__ not in self.latest.rollback.tables:
            return each_row(self.session, form, statement.where(~taken_out), values)
        names = (*form._fields, "taken_out")
        rows = raw_rows(self.session, statement.add_columns(taken_out), values)
        records = self.latest.rollback.records(model, names, rows)
        return to_tuples(form, (record[:-1] for record in records if not record[-1]))

    def known(self, model: type[Base], form: type[_Form], statement: Select[Any]) -> list[_Form]:
        """Return the selected rows, also those that are taken out. The first column is the id."""
        if self.then:
            return self.latest.known_records(model, form, statement)
        return named_rows(self.session, form, statement)
