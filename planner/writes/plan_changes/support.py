"""Changing which organisations support an item."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.register.writing import Writing
from planner.store.models import Item, Organisation, Responsibility
from planner.writes.plan_changes.facts import Act, Fact, ItemChanged, act_on_plan, change_facts, item_of
from planner.writes.plan_changes.items import require_other_lead
from planner.writes.plan_changes.references import organisation_named
from planner.writes.plan_changes.shares import put_support


def change_support(
    writing: Writing,
    code: str,
    reason: str | None,
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    as_of: date | None = None,
) -> ItemChanged:
    """Let organisations support an item, and others support it no longer.

    Raises UnknownNameError if there is no such organisation, NotAllowedError if one to add was merged or dissolved, and
    BadValueError if one to add leads the item, if one to remove does not support it, or if nothing changes.
    """
    with act_on_plan(writing, reason, as_of) as act:
        item = item_of(act, code)
        new = [organisation_named(writing, name, "supporting") for name in add]
        old = [organisation_named(writing, name, "no_longer", also_ended=True) for name in remove]
        shares = _shares(act, item)
        before = [key for key, share in shares.items() if not share.taken_out]
        _require_different(new, old)
        _require_possible(item, new, old, before)
        gone = {row.key for row in old}
        after = [key for key in before if key not in gone]
        after += [key for key in dict.fromkeys(row.key for row in new) if key not in after]
        facts = {"supporting": Fact(", ".join(before) or None, ", ".join(after) or None, {})}
        done = change_facts(act, item, facts)
        for key in gone:
            label = f"{item.code} {key}"
            act.journal.change(shares[key], {"taken_out": True}, action="change-item", label=label, reason=act.reason)
        for row in {row.id: row for row in new if row.key not in before}.values():
            put_support(act, item, row, shares.get(row.key))
        return done


def _shares(act: Act, item: Item) -> dict[str, Responsibility]:
    """Return the rows of the organisations that support or supported an item, by the organisation's key."""
    rows = (
        select(Organisation.key, Responsibility)
        .join(Organisation, Organisation.id == Responsibility.organisation_id)
        .where(Responsibility.item_id == item.id)
        .order_by(Responsibility.id)
    )
    return {key: share for key, share in act.writing.session.execute(rows)}  # noqa: C416


def _require_different(new: Sequence[Organisation], old: Sequence[Organisation]) -> None:
    both = [row.key for row in new if row.id in {one.id for one in old}]
    if both:
        raise BadValueError(
            tr("{key} cannot both support the item and support it no longer", key=both[0]),
            where="no_longer",
            do=tr("Name it only once"),
        )


def _require_possible(
    item: Item, new: Sequence[Organisation], old: Sequence[Organisation], before: Sequence[str]
) -> None:
    for row in new:
        require_other_lead(item, row)
    for row in old:
        if row.key not in before:
            raise BadValueError(
                tr("{key} does not support {code}", key=row.key, code=item.code),
                where="no_longer",
                do=tr("Name one that supports it: {keys}", keys=", ".join(before))
                if before
                else tr("No organisation supports it"),
            )
