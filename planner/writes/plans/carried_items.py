"""The rows of carried items and of their supporting organisations."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from planner.base.fingerprints import item_fingerprint
from planner.domain.codes import code_key
from planner.domain.vocabulary import Basis, MeasuredBy
from planner.queries.plans.carrying import CarriedItem
from planner.store.journal import NewRow
from planner.store.models import Item, ItemChange, Responsibility, row_values
from planner.writes.plans.carried import ACTION, Carrying
from planner.writes.registered import ITEM_BASES, basis_taken_over, support_values

# The columns that an item takes over unchanged.
_SAME = ("kind", "title", "lead_id", "accountable_id", "weight", "source", "note")


def carried_row(carrying: Carrying, item: CarriedItem, row: Item, themes: dict[int, int], position: int) -> NewRow:
    """Return the row with which an item goes on in the next plan. `themes` has its themes by those of the old plan."""
    plan, day = carrying.writing.plan, carrying.writing.day
    before = row_values(row)
    # Without a milestone that could be met, the percent would stay unknown.
    by_milestones = row.measured_by == MeasuredBy.MILESTONES and bool(item.milestones)
    values = {
        **{name: before[name] for name in _SAME if name in before},
        "plan_id": plan.id,
        "theme_id": themes[row.theme_id],
        "measure_id": None,
        "code": item.new_code,
        "code_key": code_key(item.new_code),
        "position": position,
        **{name: basis_taken_over(before[name]) for name in ITEM_BASES},
        **_new_lead(carrying, item),
        **({"accountable_id": None} if item.new_code in carrying.left else {}),
        "starts": item.starts,
        "baseline_due": item.due,
        "measured_by": MeasuredBy.MILESTONES if by_milestones else MeasuredBy.REPORTS,
        "fingerprint": item_fingerprint(row.title, None),
        "continues_id": row.id,
        "added_on": day if day > plan.starts else None,
        "taken_out": False,
    }
    return NewRow(values, item.new_code, f"continues {item.code} of {carrying.old.key}")


def _new_lead(carrying: Carrying, item: CarriedItem) -> dict[str, Any]:
    """Return the lead of an item whose earlier lead has ended."""
    lead = carrying.new_leads.get(item.new_code)
    return {} if lead is None else {"lead_id": lead, "lead_basis": Basis.REGISTERED}


def add_origins(carrying: Carrying, ids: dict[int, int]) -> None:
    """Add to the history of each carried item which item it continues, with the reason of the carry-over."""
    rows = (
        NewRow(
            {
                "item_id": ids[item.id],
                "as_of": carrying.writing.day,
                "field": "continues",
                "old_value": None,
                "new_value": f"{item.code} ({carrying.old.key})",
                "reason": carrying.why,
                "basis": Basis.REGISTERED,
            },
            f"{item.new_code} continues",
            carrying.why,
        )
        for item in carrying.shown.items
    )
    carrying.journal.add_many(ItemChange, rows, action=ACTION)


def add_shares(carrying: Carrying, ids: dict[int, int]) -> None:
    """Add the supporting organisations of the carried items. One that was merged is replaced by its successor."""
    codes = {item.id: item.new_code for item in carrying.shown.items}
    rows = (
        NewRow(
            support_values(ids[share.item_id], supporter, basis_taken_over(share.supporting_basis)),
            codes[share.item_id],
            carrying.reason,
        )
        for share, supporter in _shares(carrying)
    )
    carrying.journal.add_many(Responsibility, rows, action=ACTION)


def _shares(carrying: Carrying) -> Iterator[tuple[Responsibility, int]]:
    """Yield each support of a carried item with the organisation that gives it in the next plan."""
    codes = {item.id: item.new_code for item in carrying.shown.items}
    wanted = select(Responsibility, Item.lead_id).join(Item, Item.id == Responsibility.item_id)
    mine = wanted.where(Item.plan_id == carrying.old.id, ~Responsibility.taken_out).order_by(Responsibility.id)
    there: set[tuple[int, int]] = set()
    for share, lead_id in carrying.writing.session.execute(mine).all():
        supporter = carrying.new_supporters.get(share.organisation_id, share.organisation_id)
        if share.item_id not in codes or supporter is None:
            continue
        # The successor may lead the item, or support it already.
        lead = carrying.new_leads.get(codes[share.item_id], lead_id)
        if supporter != lead and (share.item_id, supporter) not in there:
            there.add((share.item_id, supporter))
            yield share, supporter
