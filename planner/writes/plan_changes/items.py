"""Acts on items: adding one, moving it to another theme or lead, and changing what was agreed on it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from planner.base.errors import BadValueError
from planner.base.fingerprints import item_fingerprint
from planner.base.formats import plain_number
from planner.base.language import tr
from planner.base.texts import clean
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.domain.titles import checked_title
from planner.domain.vocabulary import Basis, MeasuredBy
from planner.register.writing import Writing
from planner.store.models import Item, Measure, Milestone, Organisation, Person, Responsibility, Theme
from planner.writes.plan_changes.codes import checked_code, new_code
from planner.writes.plan_changes.facts import (
    Act,
    Fact,
    ItemChanged,
    act_on_plan,
    add_history,
    change_facts,
    item_of,
    measure_code,
)
from planner.writes.plan_changes.references import (
    kind_named,
    measure_named,
    organisation_named,
    person_named,
    theme_named,
)
from planner.writes.plan_changes.shares import replace_share
from planner.writes.registered import ITEM_BASES, REGISTERED_VALUES, support_values

# Offices also weigh by budgets, in millions. Sums of such weights stay exact enough for a percent.
LARGEST_WEIGHT = 1_000_000_000


@value_class
class NewMilestone:
    """A milestone of a new item."""

    title: str
    due: date


@value_class
class NewItem:
    """An item to add to the plan, as a person describes it. Without a code, it gets one that the program makes.

    `kind` may be left out if all items of the plan have the same one. `starts` is the day of the act unless it is
    given. With milestones, the item is measured by them, and otherwise by reports. `supporting` names organisations.
    `source` says where the office took the item from, and `note` is its note on the item.
    """

    code: str | None
    title: str
    theme: str
    lead: str
    due: date
    kind: str | None = None
    measure: str | None = None
    starts: date | None = None
    accountable: str | None = None
    weight: float | None = None
    milestones: Sequence[NewMilestone] = ()
    supporting: Sequence[str] = ()
    source: str | None = None
    note: str | None = None


@value_class
class ItemAdded:
    """A recorded addition of an item."""

    code: str
    title: str
    as_of: date
    reason: str

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr("Recorded: {code} is in the plan from {day} on.", code=self.code, day=self.as_of)


@value_class
class ItemEdit:
    """The changes to make to an item. None keeps a value. An empty `accountable`, `source` or `note` removes it."""

    title: str | None = None
    kind: str | None = None
    weight: float | None = None
    accountable: str | None = None
    measured_by: MeasuredBy | None = None
    source: str | None = None
    note: str | None = None
    code: str | None = None


def add_item(writing: Writing, new: NewItem, reason: str | None, *, as_of: date | None = None) -> ItemAdded:
    """Add an item to a plan that has begun.

    Raises NotAllowedError if the code is taken, UnknownNameError if a name is unknown, and BadValueError for a value
    that is missing or impossible.
    """
    with act_on_plan(writing, reason, as_of) as act:
        theme = theme_named(writing, new.theme, act.day)
        measure = measure_named(writing, new.measure, theme) if new.measure else None
        item = put_item(
            act,
            code=new.code,
            title=new.title,
            starts=new.starts or min(max(act.day, writing.plan.starts), new.due),
            due=new.due,
            theme_id=theme.id,
            measure_id=measure.id if measure else None,
            kind=kind_named(writing, new.kind),
            lead_id=organisation_named(writing, new.lead).id,
            accountable_id=person_named(writing, new.accountable).id if new.accountable else None,
            weight=checked_weight(new.weight),
            measured_by=MeasuredBy.MILESTONES if new.milestones else MeasuredBy.REPORTS,
            source=clean(new.source, "source"),
            note=clean(new.note, "note"),
        )
        _put_supporting(act, item, new.supporting)
        _put_milestones(act, item, new.milestones)
        add_history(act, item, "added", None, item.code, action="add-item")
        return ItemAdded(item.code, item.title, act.day, act.reason)


def put_item(
    act: Act,
    *,
    code: str | None,
    title: str,
    starts: date,
    due: date,
    measure_id: int | None,
    bases: Mapping[str, Basis] | None = None,
    **values: Any,
) -> Item:
    """Add the row of an item, as part of an open write. Without a code, it gets one that the program makes.

    `bases` are those of `ITEM_BASES` that are not the office's.

    Raises NotAllowedError if the code is taken, and BadValueError for an invalid code, title or date.
    """
    session, plan = act.writing.session, act.writing.plan
    text, name = new_code(session, plan, code), checked_title(title, "title")
    require_after(starts, due, "due")
    last = session.execute(select(func.max(Item.position)).where(Item.plan_id == plan.id)).scalar()
    row = Item(
        plan_id=plan.id,
        code=text,
        position=(last or 0) + 1,
        title=name,
        **(dict.fromkeys(ITEM_BASES, Basis.REGISTERED) | dict(bases or {})),
        starts=starts,
        baseline_due=due,
        measure_id=measure_id,
        fingerprint=item_fingerprint(name, measure_code(act.writing, measure_id)),
        added_on=act.day if act.day > plan.starts else None,
        taken_out=False,
        **values,
    )
    act.journal.add(row, action="add-item", label=text, reason=act.reason)
    session.flush()
    return row


def _put_supporting(act: Act, item: Item, names: Sequence[str]) -> None:
    rows = {row.id: row for row in (organisation_named(act.writing, name, "supporting") for name in names)}
    for row in rows.values():
        require_other_lead(item, row)
        share = Responsibility(**support_values(item.id, row.id))
        act.journal.add(share, action="add-item", label=f"{item.code} {row.key}", reason=act.reason)


def require_other_lead(item: Item, supporting: Organisation) -> None:
    """Raise BadValueError if an organisation that should support an item leads it."""
    if supporting.id == item.lead_id:
        raise BadValueError(
            tr("{key} leads {code}", key=supporting.key, code=item.code),
            where="supporting",
            do=tr("Name another organisation"),
        )


def _put_milestones(act: Act, item: Item, milestones: Sequence[NewMilestone]) -> None:
    for number, new in enumerate(milestones, 1):
        require_after(item.starts, new.due, "milestone")
        row = Milestone(
            item_id=item.id,
            number=number,
            key=f"added-{number}",
            title=checked_title(new.title, "milestone"),
            baseline_date=new.due,
            weight=1.0,
            completion_test="",
            basis=Basis.REGISTERED,
            taken_out=False,
        )
        act.journal.add(row, action="add-item", label=f"{item.code} milestone {number}", reason=act.reason)


def edit_item(
    writing: Writing, code: str, edit: ItemEdit, reason: str | None, *, as_of: date | None = None
) -> ItemChanged:
    """Change an item's code, title, kind, weight, accountable person, source or note, or what it is measured by.

    Raises BadValueError if nothing changes, and NotAllowedError if such a fact was changed as of a later day.
    """
    with act_on_plan(writing, reason, as_of) as act:
        item = item_of(act, code)
        facts: dict[str, Fact] = {}
        if edit.code is not None and edit.code.strip() != item.code:
            new = checked_code(writing.session, writing.plan, edit.code, item)
            facts["code"] = Fact(item.code, new, {"code": new, "code_key": code_key(new)})
        if edit.title is not None:
            title = checked_title(edit.title, "title")
            facts["title"] = Fact(item.title, title, {"title": title, **REGISTERED_VALUES})
        if edit.kind is not None:
            kind = kind_named(writing, edit.kind)
            facts["kind"] = Fact(item.kind, kind, {"kind": kind})
        if edit.weight is not None:
            weight = checked_weight(edit.weight)
            facts["weight"] = Fact(plain_number(item.weight), plain_number(weight), {"weight": weight})
        if edit.measured_by is not None:
            facts["measured_by"] = _measured_by(act, item, edit.measured_by)
        if edit.accountable is not None:
            facts["accountable"] = accountable_fact(writing, item, edit.accountable)
        if edit.source is not None:
            source = clean(edit.source, "source")
            facts["source"] = Fact(item.source, source, {"source": source})
        if edit.note is not None:
            note = clean(edit.note, "note")
            facts["note"] = Fact(item.note, note, {"note": note})
        return change_facts(act, item, facts)


def _measured_by(act: Act, item: Item, wanted: MeasuredBy) -> Fact:
    """Return the change of what an item is measured by. Without a milestone, its percent would stay unknown."""
    own = select(Milestone.id).where(Milestone.item_id == item.id, ~Milestone.taken_out).limit(1)
    if wanted is MeasuredBy.MILESTONES and act.writing.session.execute(own).first() is None:
        raise BadValueError(
            tr("{code} has no milestones", code=item.code),
            where="measured_by",
            do=tr("Add one first with 'planner item add-milestone'"),
        )
    return Fact(item.measured_by.value, wanted.value, {"measured_by": wanted})


def accountable_fact(writing: Writing, item: Item, login: str) -> Fact:
    """Return the change of the person who is accountable for an item. An empty login removes the person."""
    before = writing.session.get_one(Person, item.accountable_id).login if item.accountable_id else None
    after = person_named(writing, login) if login.strip() else None
    return Fact(before, after.login if after else None, {"accountable_id": after.id if after else None})


def move_item(
    writing: Writing,
    code: str,
    reason: str | None,
    *,
    theme: str | None = None,
    measure: str | None = None,
    lead: str | None = None,
    as_of: date | None = None,
) -> ItemChanged:
    """Move an item to another theme, to another lead, or to both. Its reports, history and links stay with it.

    An item belongs to a measure of its own theme. In another theme it has the given measure, or else none. A new lead
    that supported the item does not support it any more.
    """
    with act_on_plan(writing, reason, as_of) as act:
        item = item_of(act, code)
        facts: dict[str, Fact] = {}
        if theme is not None or measure is not None:
            facts |= _allocation(act, item, theme, measure)
        if lead is not None:
            facts["lead"] = lead_fact(writing, item, organisation_named(writing, lead))
        changed = change_facts(act, item, facts)
        replace_share(act, item, gone=item.lead_id, new=None)
        return changed


def lead_fact(writing: Writing, item: Item, lead: Organisation) -> Fact:
    """Return the change of an item's lead organisation."""
    before = writing.session.get_one(Organisation, item.lead_id).key
    columns = {"lead_id": lead.id, "lead_basis": Basis.REGISTERED, "lead_rule_id": None, "lead_note": None}
    return Fact(before, lead.key, columns)


def _allocation(act: Act, item: Item, theme: str | None, measure: str | None) -> dict[str, Fact]:
    """Return the changes of an item's theme and measure."""
    writing = act.writing
    before = writing.session.get_one(Theme, item.theme_id)
    after = theme_named(writing, theme, act.day) if theme is not None else before
    new: Measure | None = None
    if measure is not None:
        new = measure_named(writing, measure, after)
    elif after.id == before.id and item.measure_id is not None:
        new = writing.session.get_one(Measure, item.measure_id)
    old = measure_code(writing, item.measure_id)
    columns = {"theme_id": after.id, "allocation_basis": Basis.REGISTERED}
    return {
        "theme": Fact(str(before.number), str(after.number), columns),
        "measure": Fact(old, new.code if new else None, {"measure_id": new.id if new else None}),
    }


def checked_weight(given: float | None) -> float:
    """Return the weight of an item, which is 1 unless it is given. Raises BadValueError if it is not possible."""
    weight = 1.0 if given is None else given
    if not 0 < weight <= LARGEST_WEIGHT:
        raise BadValueError(
            tr("a weight must be more than 0 and at most {largest:,}", largest=LARGEST_WEIGHT),
            where="weight",
            do=tr("Give a number such as 1 or 2.5"),
        )
    return weight


def require_after(starts: date, due: date, where: str) -> None:
    """Raise BadValueError if a date of an item is before the item starts."""
    if due < starts:
        raise BadValueError(
            tr("{due} is before the item starts ({starts})", due=due, starts=starts),
            where=where,
            do=tr("Give a later date"),
        )
