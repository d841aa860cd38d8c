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
from planner.store.models import Item, Person


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
    person = select(Person.name).where(Person.id == item.accountable_id)
    accountable = reading.session.execute(person).scalar() if item.accountable_id is not None else None
    return OfficeFacts(accountable, item.source, item.note)


def read_accountable(reading: Reading, item_id: int) -> str | None:
    """Return the login of the person who is accountable for an item at a point in time, or None."""
    found = reading.known_records(Item, _Facts, _of_item(), {"item_id": item_id})
    if not found or found[0].accountable_id is None:
        return None
    login: str | None = reading.session.execute(
        select(Person.login).where(Person.id == found[0].accountable_id)
    ).scalar()
    return login


@cache
def _of_item() -> Select[Any]:
    return columns_of(Item, _Facts).where(columns(Item).id == bindparam("item_id"))
