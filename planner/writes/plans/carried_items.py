"""The rows of carried items and of their supporting organisations."""

from sqlalchemy import select

from planner.base.fingerprints import item_fingerprint
from planner.domain.codes import code_key
from planner.domain.vocabulary import Basis, MeasuredBy
from planner.queries.plans.carrying import CarriedItem
from planner.store.journal import NewRow
from planner.store.models import Item, ItemChange, Responsibility, row_values
from planner.writes.plans.carried import ACTION, Carrying, basis_of
from planner.writes.registered import support_values

_BASES = ("basis", "allocation_basis", "lead_basis", "starts_basis", "due_basis")

# The columns that an item takes over unchanged.
_SAME = ("kind", "title", "lead_id", "accountable_id", "weight", "source", "note")


def carried_row(carrying: Carrying, item: CarriedItem, row: Item, themes: dict[int, int], position: int) -> NewRow:
    """Return the row with which an item goes on in the next plan. `themes` has its themes by those of the old plan."""
    plan, today = carrying.writing.plan, carrying.writing.today
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
        **{name: basis_of(before[name]) for name in _BASES},
        **({"accountable_id": None} if item.new_code in carrying.left else {}),
        "starts": item.starts,
        "baseline_due": item.due,
        "measured_by": MeasuredBy.MILESTONES if by_milestones else MeasuredBy.REPORTS,
        "fingerprint": item_fingerprint(item.new_code, row.title, None),
        "continues_id": row.id,
        "added_on": today if today > plan.starts else None,
        "taken_out": False,
    }
    return NewRow(values, item.new_code, f"continues {item.code} of {carrying.old.key}")


def add_origins(carrying: Carrying, ids: dict[int, int]) -> None:
    """Add to the history of each carried item which item it continues, with the reason of the carry-over."""
    rows = (
        NewRow(
            {
                "item_id": ids[item.id],
                "as_of": carrying.writing.today,
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
    """Add the supporting organisations of the carried items."""
    codes = {item.id: item.new_code for item in carrying.shown.items}
    mine = select(Item.id).where(Item.plan_id == carrying.old.id)
    wanted = select(Responsibility).where(Responsibility.item_id.in_(mine), ~Responsibility.taken_out)
    shares = carrying.writing.session.execute(wanted.order_by(Responsibility.id)).scalars().all()
    rows = (
        NewRow(
            support_values(ids[share.item_id], share.organisation_id, basis_of(share.supporting_basis)),
            codes[share.item_id],
            carrying.reason,
        )
        for share in shares
        if share.item_id in ids
    )
    carrying.journal.add_many(Responsibility, rows, action=ACTION)
