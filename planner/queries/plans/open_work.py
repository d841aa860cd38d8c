"""The work of a plan that nobody goes on with once the plan is closed."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.queries.items.register import read_register
from planner.queries.plans.split_items import carried_origins
from planner.register.reading import Reading
from planner.store.models import Item

# Offices close a year in its last weeks, so that is not told.
LAST_WEEKS = timedelta(days=31)

# How many items whose endings are not confirmed the sentence names.
MOST_NAMED = 20


def open_work(reading: Reading) -> str:
    """Return sentences about what closing the plan would leave open, or an empty text if nothing.

    They tell of a plan whose last weeks have not come, and of unfinished items that no other plan continues. An item
    whose reported ending nobody has confirmed is unfinished, and is named.
    """
    return " ".join(filter(None, (_not_over(reading), _unfinished(reading))))


def _not_over(reading: Reading) -> str:
    plan = reading.plan
    if reading.today > plan.ends - LAST_WEEKS:
        return ""
    if reading.today < plan.starts:
        return tr(
            "{plan} begins on {day} only, and nobody can report in a closed plan.", plan=plan.key, day=plan.starts
        )
    return tr("The last day of {plan} is {day}, and nobody can report in a closed plan.", plan=plan.key, day=plan.ends)


def _unfinished(reading: Reading) -> str:
    later, item = aliased(Item), Item.__table__.c
    continued = (
        select(later.continues_id)
        .join(Item, item.id == later.continues_id)
        .where(item.plan_id == reading.plan.id, ~later.taken_out)
    )
    elsewhere = {one for one in reading.session.execute(continued).scalars() if one is not None}
    elsewhere |= carried_origins(reading.session, reading.plan.id, elsewhere).keys()
    left = [one for one in read_register(reading) if not one.has_ended and one.id not in elsewhere]
    if not left:
        return ""
    said = tr_count(
        "{count:,} unfinished item of {plan} was not carried over into another plan.",
        "{count:,} unfinished items of {plan} were not carried over into another plan.",
        len(left),
        plan=reading.plan.key,
    )
    unconfirmed = [one.code for one in left if one.phase.terminal]
    return f"{said} {_cannot_be_confirmed(unconfirmed)}" if unconfirmed else said


def _cannot_be_confirmed(codes: Sequence[str]) -> str:
    """Return a sentence about items whose reported endings nobody can confirm in a closed plan."""
    more = [tr("{count} more", count=len(codes) - MOST_NAMED)] if len(codes) > MOST_NAMED else []
    return tr(
        "Reported endings that nobody has confirmed, and that nobody can confirm in a closed plan: {codes}.",
        codes=listed([*codes[:MOST_NAMED], *more]),
    )
