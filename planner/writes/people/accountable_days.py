"""The days on which a person was made accountable for items, which a day of leaving cannot come before."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.register.later_acts import counts
from planner.store.models import Item, ItemChange, Person
from planner.writes.plan_changes.facts import Act


def require_not_accountable_later(act: Act, row: Person) -> None:
    """Raise NotAllowedError if a person who leaves with the act was made accountable for an item as of a later day."""
    last = max(_made_accountable(act, row), default=None)
    if last is None or last[0] <= act.day:
        return
    day, code = last
    raise NotAllowedError(
        tr("{login} was made accountable for {code} as of {day}", login=row.login, code=code, day=day),
        where="as_of",
        do=tr("Give that day or a later one"),
    )


def _made_accountable(act: Act, row: Person) -> Iterator[tuple[date, str]]:
    """Yield the days as of which the person was made accountable for items, with the codes of the items."""
    given = ItemChange.field == "accountable", ItemChange.new_value == row.login, counts(ItemChange.recorded_at)
    changes = select(ItemChange.as_of, Item.code).join(Item, Item.id == ItemChange.item_id)
    changes = changes.where(*given, ~Item.taken_out)
    added = select(Item.added_on, Item.code).where(Item.accountable_id == row.id, ~Item.taken_out)
    for statement in (changes, added):
        yield from ((day, code) for day, code in act.writing.session.execute(statement) if day is not None)
