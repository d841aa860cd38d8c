"""Changing a plan: its title, days, time zone, language, cadence, organisation, mandate and the totals that it states.

The history keeps what they were.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date

from sqlalchemy import func, select

from planner.base.errors import NotAllowedError
from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.views import value_class
from planner.domain.language_codes import checked_language
from planner.domain.rules.periods import STALE_AFTER_WEEKS
from planner.domain.rules.permissions import Permission
from planner.domain.rules.weeks import local_day
from planner.domain.titles import checked_title
from planner.domain.vocabulary import Cadence
from planner.queries.items.register import read_register
from planner.register.effective_records import is_effective
from planner.register.writing import Writing
from planner.store.models import Item, Organisation, Plan, StatusUpdate
from planner.tables.json_form import NOT_IN_JSON
from planner.writes.plan_changes.facts import Act, Fact, act_on_plan, named
from planner.writes.plan_changes.plan_facts import changed_facts
from planner.writes.plan_changes.references import organisation_named
from planner.writes.plans.new_plan import read_titles, same_title_remark
from planner.writes.plans.plan_mandate import mandate_fact, mandate_named
from planner.writes.plans.plan_values import checked_time_zone, require_order
from planner.writes.plans.stated_totals import TotalsEdit
from planner.writes.registered import REGISTERED_VALUES

# The action of the events of an edited plan.
ACTION = "change-plan"
# The most codes of items that a sentence names.
_MOST_NAMED = 5


@value_class
class PlanEdit:
    """The changes to make to a plan. None keeps a value. An empty `language` or `mandate` removes it.

    `totals` are the numbers of items that the plan states: `items` or a kind with a number, as they are typed. A kind
    without a number is stated no longer, nor is, with `all_totals`, one that is left out.
    """

    title: str | None = None
    starts: date | None = None
    ends: date | None = None
    time_zone: str | None = None
    language: str | None = None
    cadence: Cadence | None = None
    organisation: str | None = None
    mandate: str | None = None
    totals: Sequence[tuple[str, str]] | None = None
    all_totals: bool = False


@value_class
class PlanChanged:
    """A recorded change of a plan: the facts that changed, before and after.

    `outside` are the codes of the items whose first agreed due date is outside the plan's days after a change of them.
    `today` is the current day in the plan's time zone after the change. `same_title` is the remark that other plans
    have the new title, or None. `told` has the changes with the name of the organisation in place of its key.
    """

    key: str
    as_of: date
    reason: str
    changes: Mapping[str, tuple[str | None, str | None]]
    outside: tuple[str, ...]
    today: date
    same_title: str | None = None
    told: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict, metadata=NOT_IN_JSON)

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr("Recorded: {plan} is changed from {day} on.", plan=self.key, day=self.as_of)

    def items_outside(self) -> str:
        """Return the sentence about the items that are due outside the plan's days. It names the first ones."""
        return tr_count(
            "{count} item is due outside these days: {codes}.",
            "{count} items are due outside these days: {codes}.",
            len(self.outside),
            codes=listed(self.outside, _MOST_NAMED),
        )

    def remarks(self) -> Iterator[str]:
        """Yield what the person should know about the changed plan, a sentence each."""
        if self.outside:
            yield self.items_outside()
        if self.same_title:
            yield self.same_title


def edit_plan(writing: Writing, edit: PlanEdit, reason: str | None, *, as_of: date | None = None) -> PlanChanged:
    """Change facts of the plan of the write, from a day on.

    Raises BadValueError if nothing changes or a value is not possible, UnknownNameError if there is no such
    organisation, mandate version or kind, and NotAllowedError if the actor is not an administrator, if such a fact was
    changed as of a later day, or if reports would lie before the new first day.
    """
    with act_on_plan(writing, reason, as_of, Permission.KEEP_PLANS) as act:
        row = writing.session.get_one(Plan, writing.plan.id)
        facts = {**_texts(row, edit), **_days(row, edit), **_issuer(act, row, edit)}
        if edit.starts is not None and edit.starts > row.starts:
            _require_no_report_before(act, edit.starts)
        if edit.cadence is not None:
            columns = {"cadence": edit.cadence, "stale_after_weeks": STALE_AFTER_WEEKS[edit.cadence]}
            facts["cadence"] = Fact(row.cadence.value, edit.cadence.value, columns)
        if edit.mandate is not None:
            facts |= mandate_fact(writing, mandate_named(writing, edit.mandate))
        totals = TotalsEdit(act, edit.totals, complete=edit.all_totals)
        changes = changed_facts(act, {**facts, **totals.facts}, action=ACTION)
        totals.write(ACTION)
        outside = _outside(act, row) if changes.keys() & {"starts", "ends"} else ()
        today = writing.plan.simulated_today or local_day(writing.at, row.time_zone)
        remark = _same_title(act, row) if "title" in changes else None
        told = {name: (named(act, name, old), named(act, name, new)) for name, (old, new) in changes.items()}
        return PlanChanged(row.key, act.day, act.reason, changes, outside, today, remark, told)


def _same_title(act: Act, row: Plan) -> str | None:
    others = {key: title for key, title in read_titles(act.writing.session).items() if key != row.key}
    return same_title_remark(row.title, others)


def _texts(row: Plan, edit: PlanEdit) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    if edit.title is not None:
        title = checked_title(edit.title)
        facts["title"] = Fact(row.title, title, {"title": title, "restatement": title, **REGISTERED_VALUES})
    if edit.time_zone is not None:
        zone = checked_time_zone(edit.time_zone)
        facts["time_zone"] = Fact(row.time_zone, zone, {"time_zone": zone})
    if edit.language is not None:
        language = checked_language(edit.language)
        facts["language"] = Fact(row.language, language, {"language": language})
    return facts


def _days(row: Plan, edit: PlanEdit) -> dict[str, Fact]:
    starts, ends = edit.starts or row.starts, edit.ends or row.ends
    require_order(starts, ends)
    year = (starts + (ends - starts) / 2).year
    return {
        "starts": Fact(str(row.starts), str(starts), {"starts": starts, "year": year}),
        "ends": Fact(str(row.ends), str(ends), {"ends": ends, "year": year}),
    }


def _require_no_report_before(act: Act, starts: date) -> None:
    """Raise NotAllowedError if a report that counts lies before a new first day: no week would show it."""
    reported = select(func.min(StatusUpdate.as_of)).where(
        StatusUpdate.item_id.in_(select(Item.id).where(Item.plan_id == act.writing.plan.id, ~Item.taken_out)),
        is_effective(StatusUpdate),
    )
    first = act.writing.session.execute(reported).scalar()
    if first is not None and first < starts:
        raise NotAllowedError(
            tr("there are reports from {first} on, before this first day ({starts})", first=first, starts=starts),
            where="starts",
            do=tr("Give {first} or an earlier day", first=first),
        )


def _issuer(act: Act, row: Plan, edit: PlanEdit) -> dict[str, Fact]:
    if edit.organisation is None:
        return {}
    before = act.writing.session.get_one(Organisation, row.issuer_id)
    after = organisation_named(act.writing, edit.organisation, "organisation")
    return {"organisation": Fact(before.key, after.key, {"issuer_id": after.id})}


def _outside(act: Act, row: Plan) -> tuple[str, ...]:
    late = (Item.baseline_due < row.starts) | (Item.baseline_due > row.ends)
    own = select(Item.code).where(Item.plan_id == row.id, ~Item.taken_out, late).order_by(Item.position)
    codes = tuple(act.writing.session.execute(own).scalars())
    if not codes:
        return ()
    # What was cancelled or merged is due no more.
    dropped = {item.code for item in read_register(act.writing.reading()) if item.has_ended and item.phase.dropped}
    return tuple(code for code in codes if code not in dropped)
