"""Taking the items out of the plan that leave it with an import."""

from collections.abc import Sequence

from sqlalchemy import select

from planner.domain.codes import code_key
from planner.intake.applying.reasons import Reasons
from planner.intake.comparing.differences.items import ItemName
from planner.register.writing import Writing
from planner.store.event_actions import IMPORT
from planner.store.journal import Journal
from planner.store.many_rows import in_portions
from planner.store.models import Item
from planner.writes.plan_changes.removed_items import removal


def take_out_items(journal: Journal, writing: Writing, items: Sequence[ItemName], reasons: Reasons) -> None:
    """Take items out of the plan. They give up their codes, so that new items of the files can have them."""
    for names in in_portions(items):
        keys = [code_key(one.code) for one in names]
        rows = select(Item).where(Item.plan_id == writing.plan.id, Item.code_key.in_(keys)).order_by(Item.position)
        for row in writing.session.execute(rows).scalars().all():
            label = f"{row.code} {row.title}"
            journal.change(row, removal(row), action=IMPORT, label=label, reason=reasons.of_removed)
        journal.close()
