"""The work of a plan that nobody goes on with once the plan is closed."""

from sqlalchemy import select
from sqlalchemy.orm import aliased

from planner.base.language import tr_count
from planner.queries.items.register import read_register
from planner.register.reading import Reading
from planner.store.models import Item


def open_work(reading: Reading) -> str:
    """Return a sentence about the unfinished items that no other plan continues, or an empty text if there are none.

    An item whose reported ending nobody has confirmed is unfinished.
    """
    later, item = aliased(Item), Item.__table__.c
    continued = (
        select(later.continues_id)
        .join(Item, item.id == later.continues_id)
        .where(item.plan_id == reading.plan.id, ~later.taken_out)
    )
    elsewhere = set(reading.session.execute(continued).scalars())
    left = sum(not one.has_ended and one.id not in elsewhere for one in read_register(reading))
    if not left:
        return ""
    return tr_count(
        "{count:,} unfinished item of {plan} was not carried over into another plan.",
        "{count:,} unfinished items of {plan} were not carried over into another plan.",
        left,
        plan=reading.plan.key,
    )
