"""Splitting an item into several new ones."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.views import value_class
from planner.domain.vocabulary import Basis, MeasuredBy, Phase
from planner.queries.plans.theme_numbers import TAKEN_OUT
from planner.register.writing import Writing
from planner.store.models import DateChange, Indicator, Item, Link, Milestone, Responsibility, StatusUpdate
from planner.writes.newest import newest
from planner.writes.plan_changes.facts import Act, act_on_plan, add_history, item_of
from planner.writes.plan_changes.items import put_item
from planner.writes.registered import basis_taken_over, support_values
from planner.writes.reports.status import Report, add_status


@value_class
class Part:
    """A new item that an item is split into. Without a code, it gets one that the program makes."""

    code: str
    title: str


@value_class
class ItemSplit:
    """A recorded split of an item, with the codes of the new items and the day on which they start.

    `stays` has the numbers of milestones, indicators and links that stay with the old item.
    """

    code: str
    into: tuple[str, ...]
    as_of: date
    reason: str
    starts: date
    stays: Mapping[str, int]

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        codes = listed(self.into)
        return tr("Recorded: {code} is split into {codes} from {day} on.", code=self.code, codes=codes, day=self.as_of)

    def about_new(self) -> str:
        """Return what the new items do not take over, in the words that the command line and the app share."""
        begin = tr("The new items start on {day}, without reports.", day=self.starts)
        if not self.stays:
            return begin
        forms = {
            "milestones": lambda count: tr_count("{count} milestone", "{count} milestones", count),
            "indicators": lambda count: tr_count("{count} indicator", "{count} indicators", count),
            "links": lambda count: tr_count("{count} link to a clause", "{count} links to clauses", count),
        }
        what = listed([forms[name](count) for name, count in self.stays.items()])
        return " ".join((begin, tr("Only {code} has {what}.", code=self.code, what=what)))


def split_item(
    writing: Writing, code: str, parts: Sequence[Part], reason: str | None, *, as_of: date | None = None
) -> ItemSplit:
    """Split an item into two or more new ones.

    Each new item has the theme, measure, lead, supporting organisations and due date of the old one, and an equal share
    of its weight. What was assumed for the old item is assumed for the new ones. A new item starts with the act, or
    with the old item if that starts later. The old item is reported as merged into the first of them, which somebody
    else confirms.

    Raises BadValueError for fewer than two new items, and NotAllowedError if the item has ended or a code is taken.
    """
    if len(parts) < 2:
        raise BadValueError(
            tr("an item is split into two or more new items"), where="part", do=tr("Give each code with its title")
        )
    # docs/decisions/0127: a split is an ending, so it takes a second person.
    with act_on_plan(writing, reason, as_of) as act:
        item = item_of(act, code)
        _require_open(act, item)
        new = [_put_part(act, item, part, item.weight / len(parts)) for part in parts]
        codes = tuple(row.code for row in new)
        add_history(act, item, "split_into", None, ", ".join(codes), action="split-item")
        for row in new:
            add_history(act, row, "split_from", None, item.code, action="split-item")
        why = tr("split into {codes}: {reason}", codes=", ".join(codes), reason=act.reason)
        report = Report(phase=Phase.MERGED, ending_reason=why, merged_into=codes[0])
        add_status(act.journal, item, report, act.day, Basis.REGISTERED)
        return ItemSplit(item.code, codes, act.day, act.reason, new[0].starts, _staying(act, item))


def _staying(act: Act, item: Item) -> dict[str, int]:
    """Return how many milestones, indicators and links an item has, without those of which it has none."""
    counted = {
        "milestones": select(func.count(Milestone.id)).where(
            Milestone.item_id == item.id, Milestone.number < TAKEN_OUT
        ),
        "indicators": select(func.count(Indicator.id)).where(
            Indicator.item_id == item.id, Indicator.number < TAKEN_OUT
        ),
        "links": select(func.count(Link.id)).where(Link.item_id == item.id),
    }
    found = {name: act.writing.session.execute(count).scalar_one() for name, count in counted.items()}
    return {name: count for name, count in found.items() if count}


def _require_open(act: Act, item: Item) -> None:
    """Raise NotAllowedError if the item has ended, or was reported on as of a later day."""
    last = newest(act.writing.session, StatusUpdate, {"item_id": item.id}, as_of=date.max)
    if last is not None and last.phase.terminal:
        raise NotAllowedError(
            tr("{code} is reported as {phase}", code=item.code, phase=last.phase),
            where="CODE",
            do=tr("Split only an item that has not ended"),
        )
    if last is not None and last.as_of > act.day:
        raise NotAllowedError(
            tr("{code} has a report as of {day}", code=item.code, day=last.as_of),
            where="as_of",
            do=tr("Give that day or a later one"),
        )


def _put_part(act: Act, item: Item, part: Part, weight: float) -> Item:
    due, due_basis = _current_due(act, item)
    starts = min(max(act.day, item.starts), due)
    row = put_item(
        act,
        code=part.code,
        title=part.title,
        starts=starts,
        due=due,
        bases={
            "allocation_basis": basis_taken_over(item.allocation_basis),
            "lead_basis": basis_taken_over(item.lead_basis),
            "starts_basis": basis_taken_over(item.starts_basis) if starts == item.starts else Basis.REGISTERED,
            "due_basis": due_basis,
        },
        theme_id=item.theme_id,
        measure_id=item.measure_id,
        kind=item.kind,
        lead_id=item.lead_id,
        accountable_id=item.accountable_id,
        weight=weight,
        measured_by=MeasuredBy.REPORTS,
    )
    shares = select(Responsibility).where(Responsibility.item_id == item.id, ~Responsibility.taken_out)
    for share in act.writing.session.execute(shares.order_by(Responsibility.id)).scalars().all():
        basis = basis_taken_over(share.supporting_basis)
        new = Responsibility(**support_values(row.id, share.organisation_id, basis))
        act.journal.add(new, action="add-item", label=row.code, reason=act.reason)
    return row


def _current_due(act: Act, item: Item) -> tuple[date, Basis]:
    """Return the due date of an item, and the basis that it has for the new items."""
    moved = newest(act.writing.session, DateChange, {"item_id": item.id, "milestone_id": None}, as_of=act.day)
    due, basis = (moved.new_date, moved.basis) if moved else (item.baseline_due, item.due_basis)
    return due, basis_taken_over(basis)
