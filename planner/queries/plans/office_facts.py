"""What only the office's own register says of an item: who is accountable, where the item comes from, and a note."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from planner.base.language import tr
from planner.base.views import value_class
from planner.register.known import columns_of
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.models import Item


class _Facts(NamedTuple):
    id: int
    accountable_id: int | None
    source: str | None
    note: str | None


@value_class
class OfficeFacts:
    """Facts of an item that a register of an office has. Each is None if the office does not give it."""

    accountable: str | None = None
    source: str | None = None
    note: str | None = None

    @property
    def labelled(self) -> Iterator[tuple[str, str]]:
        """The facts that there are, each with its label."""
        for label, value in (
            (tr("Accountable"), self.accountable),
            (tr("Source"), self.source),
            (tr("Note"), self.note),
        ):
            if value:
                yield label, value


def read_office_facts(reading: Reading, item_id: int) -> OfficeFacts:
    """Return these facts of an item at a point in time."""
    found = reading.known_records(Item, _Facts, _of_item(), {"item_id": item_id})
    if not found:
        return OfficeFacts()
    item = found[0]
    return OfficeFacts(_of_person(reading, item.accountable_id, "name"), item.source, item.note)


def read_accountable(reading: Reading, item_id: int) -> str | None:
    """Return the login of the person who is accountable for an item at a point in time, or None."""
    found = reading.known_records(Item, _Facts, _of_item(), {"item_id": item_id})
    return _of_person(reading, found[0].accountable_id, "login") if found else None


def _of_person(reading: Reading, person_id: int | None, name: str) -> str | None:
    """Return a column of a person's row, or None without a person."""
    if person_id is None:
        return None
    # Mapped only if somebody is accountable.
    from planner.store.models import Person

    person = columns(Person)
    found: str | None = reading.session.execute(select(person[name]).where(person.id == person_id)).scalar()
    return found


@cache
def _of_item() -> Select[Any]:
    return columns_of(Item, _Facts).where(columns(Item).id == bindparam("item_id"))
