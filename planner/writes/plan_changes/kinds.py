"""Acts on the kinds of items of a plan: renaming one, and merging one into another.

The key of a kind stays, because items and totals name the kind by it.
"""

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, select

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr, tr_count
from planner.base.texts import same_words
from planner.base.views import value_class
from planner.domain.titles import checked_title
from planner.queries.weeks.inventory import FORMER_TOTALS
from planner.register.plan_changes import KIND, KIND_MERGED, TOTALS
from planner.register.plan_view import NO_PLACE, KindView
from planner.register.raw_rows import columns
from planner.register.writing import Writing
from planner.store.journal import NewRow
from planner.store.models import AuditEvent, Item, ItemKind, PlanChange
from planner.writes.plan_changes.affected import affected_items
from planner.writes.plan_changes.facts import Act, Fact, act_on_plan, change_facts, require_latest
from planner.writes.plan_changes.held import require_kind_unused_since
from planner.writes.plan_changes.plan_facts import add_plan_history
from planner.writes.plan_changes.references import kind_named
from planner.writes.plans.stated_totals import TotalsEdit
from planner.writes.registered import REGISTERED_VALUES

_ACTION = "rename-kind"
_MERGE = "merge-kind"


@value_class
class KindRenamed:
    """A recorded new title of a kind. `changes` has the title before and after."""

    key: str
    title: str
    as_of: date
    reason: str
    changes: Mapping[str, tuple[str | None, str | None]]

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr(
            "Recorded: the kind of items {key} is called {title} from {day} on.",
            key=self.key,
            title=self.title,
            day=self.as_of,
        )


@value_class
class KindMerged:
    """A recorded merger of a kind into another one, `into`, which is called `into_title`.

    `items` has the codes of the items that are of the other kind now. `totals` has the stated totals before and after,
    if they changed.
    """

    key: str
    title: str
    into: str
    into_title: str
    as_of: date
    reason: str
    items: tuple[str, ...]
    totals: tuple[str | None, str | None] | None

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr_count(
            "Recorded: the kind of items {title} is merged into {other} from {day} on, with {count:,} item.",
            "Recorded: the kind of items {title} is merged into {other} from {day} on, with {count:,} items.",
            len(self.items),
            title=self.title,
            other=self.into_title,
            day=self.as_of,
        )


def rename_kind(
    writing: Writing, kind: str, reason: str | None, *, title: str, as_of: date | None = None
) -> KindRenamed:
    """Give a kind of items, which is found by its key or its title, another title.

    Raises UnknownNameError if the plan has no such kind, BadValueError for an impossible title and for the one that it
    has, and NotAllowedError if another kind has the title, or if this one was renamed as of a later day.
    """
    with act_on_plan(writing, reason, as_of) as act:
        rows = _rows(act, _ACTION)
        row = rows[kind_named(writing, kind)]
        new = checked_title(title, "title")
        _require_free(rows, row, new)
        before = row.title
        if new == before:
            what = tr("it is already as you say")
            raise BadValueError(what, where=row.key, do=tr("Give at least one value that differs"))
        require_latest(act, PlanChange, _history_of(act, row), [KIND], of=row.key)
        add_plan_history(act, KIND, before, new, action=_ACTION)
        act.journal.change(row, {"title": new, **REGISTERED_VALUES}, action=_ACTION, label=row.key, reason=act.reason)
        return KindRenamed(row.key, new, act.day, act.reason, {"title": (before, new)})


def merge_kind(writing: Writing, kind: str, into: str, reason: str | None, *, as_of: date | None = None) -> KindMerged:
    """Merge a kind of items into another one, which all its items get. The plan does not list it any more.

    What the plan states as the totals of the two becomes that of the other one. If it states only one of them, it
    states none afterwards. Raises UnknownNameError if the plan has no such kind, BadValueError if both are the same,
    and NotAllowedError if the kind was renamed, or one of its items got another kind, as of a later day.
    """
    with act_on_plan(writing, reason, as_of) as act:
        rows = _rows(act, _MERGE)
        row, other = rows[kind_named(writing, kind)], rows[kind_named(writing, into, "into")]
        if row is other:
            raise BadValueError(
                tr("a kind of items cannot be merged into itself"), where="into", do=tr("Name another kind")
            )
        require_latest(act, PlanChange, _history_of(act, row), [KIND], of=row.key)
        require_kind_unused_since(act, row.key)
        items = _give_kind(act, row, other)
        totals = _add_totals(act, row, other)
        add_plan_history(act, KIND_MERGED, row.key, other.key, action=_MERGE)
        act.journal.change(row, {"position": NO_PLACE}, action=_MERGE, label=row.key, reason=act.reason)
        return KindMerged(
            *(row.key, row.title, other.key, other.title, act.day, act.reason), items=items, totals=totals
        )


def _give_kind(act: Act, row: ItemKind, other: ItemKind) -> tuple[str, ...]:
    """Give another kind to all items of a kind. Return their codes.

    Items that an import took out get it too, because the undo of the import would bring them back.
    """
    items = affected_items(act, Item.kind == row.key)
    for item in items:
        change_facts(act, item, {"kind": Fact(row.key, other.key, {"kind": other.key})}, action=_MERGE)
    return tuple(item.code for item in items if not item.taken_out)


def _add_totals(act: Act, row: ItemKind, other: ItemKind) -> tuple[str | None, str | None] | None:
    """State the total of two kinds as that of the second one. Return all totals before and after if they changed."""
    known = {FORMER_TOTALS.get(name, name): value for name, value in act.writing.plan.totals.items()}
    own, others = known.get(row.key), known.get(other.key)
    both = str(own + others) if own is not None and others is not None else ""
    totals = TotalsEdit(act, [(row.key, ""), (other.key, both)], complete=False)
    fact = totals.facts[TOTALS]
    if fact.old == fact.new:
        return None
    require_latest(act, PlanChange, PlanChange.plan_id == act.writing.plan.id, [TOTALS], of=act.writing.plan.key)
    add_plan_history(act, TOTALS, fact.old, fact.new, action=_MERGE)
    totals.write(_MERGE)
    return fact.old, fact.new


def _rows(act: Act, action: str) -> Mapping[str, ItemKind]:
    """Return the kinds of the plan by their keys. A plan that lists none gets those that it is read with."""
    session, plan = act.writing.session, act.writing.plan
    own = select(ItemKind).where(ItemKind.plan_id == plan.id, ItemKind.position != NO_PLACE)
    rows = list(session.execute(own).scalars())
    if not rows:
        # At once, so that the log has the titles before the change.
        act.journal.add_many(ItemKind, [_listed(act, kind) for kind in plan.kinds], action=action)
        rows = list(session.execute(own).scalars())
    return {row.key: row for row in rows}


def _listed(act: Act, kind: KindView) -> NewRow:
    values = {"plan_id": act.writing.plan.id, "key": kind.key, "title": kind.title, "position": kind.place}
    return NewRow({**values, **REGISTERED_VALUES}, kind.key, act.reason)


def _history_of(act: Act, row: ItemKind) -> ColumnElement[bool]:
    """Return the condition for the rows of history of a kind.

    Such a row names only the plan, as those of other kinds do. It was added in a write that changed the kind.
    """
    event = columns(AuditEvent)
    own = select(event.write_id, event.body).where(event.table_name == ItemKind.__tablename__, event.row_id == row.id)
    writes = [write for write, body in act.writing.session.execute(own) if json.loads(body)["before"] is not None]
    added = select(event.row_id).where(event.table_name == PlanChange.__tablename__, event.write_id.in_(writes))
    return PlanChange.id.in_(added)


def _require_free(rows: Mapping[str, ItemKind], own: ItemKind, title: str) -> None:
    """Raise NotAllowedError if another kind has a title or a key that is written like this one."""
    for row in rows.values():
        if row is own or same_words(title) not in (same_words(row.title), same_words(row.key)):
            continue
        if same_words(title) == same_words(row.title):
            what = tr("the kind of items {key} has this title", key=row.key)
        else:
            what = tr(
                "this is the key of the kind of items '{title}', and files name kinds by keys too", title=row.title
            )
        do = tr("Give another title, or give the items that kind with 'planner item edit'")
        raise NotAllowedError(what, where="title", do=do)
