"""Beginning a write about one item."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date

from planner.domain.rules.permissions import Permission
from planner.register.closing import PlanClosedError
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Item
from planner.writes.items import checked_act_day, checked_day, item_row, require_added
from planner.writes.permission import require


@contextmanager
def writing_on_item(
    writing: Writing, code: str, deed: Permission, as_of: date | None = None
) -> Iterator[tuple[Journal, Item]]:
    """Open a write about an item for the `with` block, and provide its journal and the item's row.

    Raises UnknownNameError if the plan has no such item. Raises PlanClosedError if the plan is closed. Raises
    NotAllowedError if the actor may not do the action `deed` on the item, or if the item was added after the as-of date
    of the write.
    """
    with _journal_of(writing, code) as journal:
        item = item_row(writing.session, writing.plan, code)
        require(writing.session, writing.actor, deed, item)
        if as_of is not None:
            require_added(item, as_of)
        yield journal, item


@contextmanager
def _journal_of(writing: Writing, code: str) -> Iterator[Journal]:
    """Open the write. If the plan is closed, the error also says which items of other plans continue the item."""
    with ExitStack() as opened:
        try:
            journal = opened.enter_context(writing.journal())
        except PlanClosedError as error:
            told = continued_elsewhere(writing, item_row(writing.session, writing.plan, code).id)
            error.do = ". ".join((*told, error.do))
            raise
        yield journal


def continued_elsewhere(writing: Writing, item_id: int) -> tuple[str, ...]:
    """Return a sentence for each item of another plan that continues an item: reports may belong there."""
    if not writing.plan.of_several:
        return ()
    # Imported only if the register has several plans.
    from planner.queries.plans.lineage import read_lineage

    return read_lineage(writing.reading(), item_id).later_sentences


def day_of_change(writing: Writing, as_of: date | None) -> date:
    """Return the as-of date of a change of the plan's dates, which is also possible before the plan begins.

    Raises BadValueError for a day after today, and for another day before the plan starts.
    """
    return checked_act_day(writing.plan, as_of or writing.day, writing.today)


def as_of_day(writing: Writing, as_of: date | None) -> date:
    """Return the as-of date of a write, which is the day of the write unless it is given.

    Raises BadValueError for a day after today, and for a day before the plan starts.
    """
    return checked_day(writing.plan, as_of or writing.day, writing.today, "as_of")
