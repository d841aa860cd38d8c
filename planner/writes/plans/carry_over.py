"""Carrying the unfinished items of a plan over into another plan, in one write."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from planner.base.errors import NotAllowedError
from planner.base.fingerprints import item_fingerprint
from planner.base.language import tr
from planner.base.texts import clean
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Basis, MeasuredBy, PlanEvent
from planner.queries.plans.carrying import CarriedItem, CarryOver, missing_theme_ids, read_carry_over, theme_paths
from planner.queries.plans.theme_numbers import next_theme_number
from planner.register.plan_view import PlanView
from planner.register.point import Point
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.journal import Journal, NewRow
from planner.store.models import (
    Indicator,
    Item,
    ItemKind,
    Milestone,
    PlanAct,
    Responsibility,
    Target,
    Theme,
    row_values,
)
from planner.writes.permission import require
from planner.writes.registered import new_kind, new_theme, support_values

# The action of the events of a carry-over.
ACTION = "carry-over"


@value_class
class _Carrying:
    """An open carry-over: its write, the earlier plan, and what is carried over."""

    journal: Journal
    writing: Writing
    old: PlanView
    shown: CarryOver

    @property
    def left(self) -> frozenset[str]:
        """The new codes of the items whose accountable person has left."""
        return frozenset(one.new_code for one in self.shown.left)

    @property
    def reason(self) -> str:
        """The reason of each event, which names the earlier plan."""
        return f"carried over from {self.old.key}"


def carry_over(writing: Writing, old: PlanView, shown: CarryOver, reason: str | None = None) -> CarryOver:
    """Add the unfinished items of the plan `old` to the plan of the write. Return what was added.

    `shown` is what the person was shown. Raises NotAllowedError if it is no longer so, if there is nothing to carry
    over, or if the actor is not an administrator.
    """
    why = clean(reason, "reason") or f"unfinished items of {old.key}"
    session = writing.session
    with writing.journal() as journal:
        require(session, writing.actor, Permission.KEEP_PLANS)
        earlier = Reading(session, old, Point(old.today(writing.at)))
        found = read_carry_over(earlier, writing.reading(), shown.dates)
        if found != shown:
            raise NotAllowedError(
                tr("something was recorded since the preview, so nothing was carried over"),
                where=old.key,
                do=tr("Look at the new preview, and decide again"),
            )
        if not found.items:
            raise NotAllowedError(
                tr("there is nothing to carry over"), where=old.key, do=tr("All items have ended or were carried over")
            )
        _add(_Carrying(journal, writing, old, found))
        act = PlanAct(
            plan_id=old.id, kind=PlanEvent.CARRIED_OVER, other_plan_id=writing.plan.id, as_of=writing.today, reason=why
        )
        journal.add(act, action=ACTION, label=old.key, reason=why)
        return found


def _add(carrying: _Carrying) -> None:
    session, old = carrying.writing.session, carrying.old
    carried = carrying.shown.items
    rows = {row.id: row for row in session.execute(select(Item).where(Item.plan_id == old.id)).scalars()}
    themes = _themes(carrying, [rows[item.id] for item in carried])
    _add_kinds(carrying, {rows[item.id].kind for item in carried})
    wanted = select(func.coalesce(func.max(Item.position), 0)).where(Item.plan_id == carrying.writing.plan.id)
    first = session.execute(wanted).scalar_one() + 1
    added = carrying.journal.add_many(
        Item,
        (_item(carrying, item, rows[item.id], themes, first + place) for place, item in enumerate(carried)),
        action=ACTION,
    )
    ids = {item.id: new_id for item, new_id in zip(carried, added, strict=True)}
    _add_shares(carrying, ids)
    _add_milestones(carrying, ids)
    _add_indicators(carrying, ids)


def _themes(carrying: _Carrying, items: Sequence[Item]) -> dict[int, int]:
    """Return the id of the next plan's theme for each theme of the items. Themes that it lacks are added."""
    session, old, new = carrying.writing.session, carrying.old, carrying.writing.plan
    mine = {theme.id: theme for theme in session.execute(select(Theme).where(Theme.plan_id == old.id)).scalars()}
    paths = theme_paths(session, old.id)
    there = {path: theme for theme, path in reversed(theme_paths(session, new.id).items())}
    following = next_theme_number(session, new.id)
    numbers = set(session.execute(select(Theme.number).where(Theme.plan_id == new.id)).scalars())
    for theme_id in missing_theme_ids(session, old.id, new.id, {mine[item.theme_id].number for item in items}):
        theme, path = mine[theme_id], paths[theme_id]
        number = theme.number if theme.number not in numbers else following
        following = max(following, number + 1)
        numbers.add(number)
        row = new_theme(
            new.id,
            number,
            theme.title,
            label=theme.label,
            parent_id=there.get(path[:-1]),
            restatement=theme.restatement,
            basis=_basis(theme.basis),
        )
        carrying.journal.add(row, action=ACTION, label=str(number), reason=carrying.reason)
        session.flush()
        there[path] = row.id
    return {item.theme_id: there[paths[item.theme_id]] for item in items}


def _add_kinds(carrying: _Carrying, keys: set[str]) -> None:
    """Add the kinds of items that the next plan lacks."""
    session, new = carrying.writing.session, carrying.writing.plan
    there = set(session.execute(select(ItemKind.key).where(ItemKind.plan_id == new.id)).scalars())
    wanted = select(ItemKind).where(ItemKind.plan_id == carrying.old.id).order_by(ItemKind.position)
    for kind in session.execute(wanted).scalars():
        if kind.key in keys - there:
            row = new_kind(new.id, kind.key, kind.title, kind.position)
            carrying.journal.add(row, action=ACTION, label=kind.key, reason=carrying.reason)


def _basis(before: Basis) -> Basis:
    """Return the basis of a fact in the next plan. What nobody has confirmed yet must not look like the office's own.

    What was stated or derived for the earlier plan is not so for the next one, where the office has decided it.
    """
    return before if before in (Basis.WORKING, Basis.SIMULATED) else Basis.REGISTERED


_BASES = ("basis", "allocation_basis", "lead_basis", "starts_basis", "due_basis")

# The columns that an item takes over unchanged.
_SAME = ("kind", "title", "lead_id", "accountable_id", "weight", "source", "note")


def _item(carrying: _Carrying, item: CarriedItem, row: Item, themes: dict[int, int], position: int) -> NewRow:
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
        **{name: _basis(before[name]) for name in _BASES},
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


def _add_shares(carrying: _Carrying, ids: dict[int, int]) -> None:
    """Add the supporting organisations of the carried items."""
    codes = {item.id: item.new_code for item in carrying.shown.items}
    mine = select(Item.id).where(Item.plan_id == carrying.old.id)
    wanted = select(Responsibility).where(Responsibility.item_id.in_(mine), ~Responsibility.taken_out)
    shares = carrying.writing.session.execute(wanted.order_by(Responsibility.id)).scalars().all()
    rows = (
        NewRow(
            support_values(ids[share.item_id], share.organisation_id, _basis(share.supporting_basis)),
            codes[share.item_id],
            carrying.reason,
        )
        for share in shares
        if share.item_id in ids
    )
    carrying.journal.add_many(Responsibility, rows, action=ACTION)


def _add_milestones(carrying: _Carrying, ids: dict[int, int]) -> None:
    """Add the open milestones of the carried items, with their new dates."""
    mine = select(Item.id).where(Item.plan_id == carrying.old.id)
    before = {
        row.id: row
        for row in carrying.writing.session.execute(select(Milestone).where(Milestone.item_id.in_(mine))).scalars()
    }

    def rows() -> Iterator[NewRow]:
        for item in carrying.shown.items:
            for number, milestone in enumerate(item.milestones, 1):
                row = before[milestone.id]
                values = {
                    "item_id": ids[item.id],
                    "number": number,
                    "key": row.key,
                    "title": row.title,
                    "baseline_date": milestone.due,
                    "weight": row.weight,
                    "completion_test": row.completion_test,
                    "basis": _basis(row.basis),
                    "taken_out": False,
                }
                yield NewRow(values, f"{item.new_code} milestone {number}", carrying.reason)

    carrying.journal.add_many(Milestone, rows(), action=ACTION)


def _add_indicators(carrying: _Carrying, ids: dict[int, int]) -> None:
    """Add the indicators of the carried items with their last values, and their targets by new dates."""
    mine = select(Item.id).where(Item.plan_id == carrying.old.id)
    before = {
        row.id: row
        for row in carrying.writing.session.execute(select(Indicator).where(Indicator.item_id.in_(mine))).scalars()
    }
    parts = [(item, number, part) for item in carrying.shown.items for number, part in enumerate(item.indicators, 1)]

    def indicator(item: CarriedItem, number: int, row: Indicator, baseline: float | None) -> NewRow:
        values = {
            "item_id": ids[item.id],
            "number": number,
            "key": row.key,
            "name": row.name,
            "unit": row.unit,
            "direction": row.direction,
            "baseline_value": baseline,
            "basis": _basis(row.basis),
            "taken_out": False,
        }
        return NewRow(values, f"{item.new_code} indicator {number}", carrying.reason)

    added = carrying.journal.add_many(
        Indicator,
        (indicator(item, number, before[part.id], part.baseline) for item, number, part in parts),
        action=ACTION,
    )
    targets = (
        NewRow(
            {
                "indicator_id": indicator_id,
                "due": part.due,
                "value": part.target,
                "basis": _basis(before[part.id].basis),
                "taken_out": False,
            },
            f"{item.new_code} indicator {number}",
            carrying.reason,
        )
        for indicator_id, (item, number, part) in zip(added, parts, strict=True)
        if part.target is not None and part.due is not None
    )
    carrying.journal.add_many(Target, targets, action=ACTION)
