"""The rows that say which organisations support an item, and the history of them."""

from sqlalchemy import select

from planner.domain.vocabulary import Basis
from planner.store.models import Item, Organisation, Responsibility
from planner.writes.plan_changes.facts import Act, add_history
from planner.writes.registered import support_values


def replace_share(act: Act, item: Item, *, gone: int, new: Organisation | None) -> None:
    """Let an organisation support an item no longer, and a new one instead. The history keeps both lists."""
    session = act.writing.session
    rows = (
        select(Responsibility, Organisation.key)
        .join(Organisation, Organisation.id == Responsibility.organisation_id)
        .where(Responsibility.item_id == item.id)
        .order_by(Responsibility.id)
    )
    shares = [(share, key) for share, key in session.execute(rows)]
    before = [key for share, key in shares if not share.taken_out]
    ended = [(share, key) for share, key in shares if share.organisation_id == gone and not share.taken_out]
    if not ended:
        return
    action = "change-item"
    for share, key in ended:
        act.journal.change(share, {"taken_out": True}, action=action, label=f"{item.code} {key}", reason=act.reason)
    if new is not None and new.key not in before:
        put_support(act, item, new, next((share for share, key in shares if key == new.key), None))
    after = [key for key in before if key not in {key for _, key in ended}]
    after += [new.key] if new is not None and new.key not in before else []
    add_history(act, item, "supporting", ", ".join(before), ", ".join(after) or None, action=action)


def put_support(act: Act, item: Item, new: Organisation, share: Responsibility | None) -> None:
    """Let an organisation support an item. `share` is the row of its earlier support, if it supported it before."""
    label = f"{item.code} {new.key}"
    if share is not None:
        values = {"taken_out": False, "supporting_basis": Basis.REGISTERED, "supporting_rule_id": None}
        act.journal.change(share, values, action="change-item", label=label, reason=act.reason)
        return
    row = Responsibility(**support_values(item.id, new.id))
    act.journal.add(row, action="change-item", label=label, reason=act.reason)
