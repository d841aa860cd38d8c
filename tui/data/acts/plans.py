"""The acts on the plan as a whole: edit it, close it, open it again, remove another one, and carry items over."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.base.language import later, tr, tr_count
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Cadence
from tui.data.acts import choices
from tui.data.acts.act import Act, ActDone, ActField, Affected, Entry, Kind, Scope
from tui.data.acts.common import LEAD, REASON, TITLE, WHY_AND_WHEN, changed_facts
from tui.data.picks import Pick

if TYPE_CHECKING:
    from planner.queries.plans.carrying import CarryOver
    from planner.register.reading import Reading
    from planner.register.writing import Writing


def _edit(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plans.edit_plan import PlanEdit, edit_plan

    names = ("title", "starts", "ends", "time_zone", "organisation")
    cadence = entry.new("cadence")
    edit = PlanEdit(
        **{name: entry.new(name) for name in names},
        language=(entry["language"] or "") if "language" in entry.changed else None,
        mandate=(entry["mandate"] or "") if "mandate" in entry.changed else None,
        cadence=Cadence(cadence) if cadence else None,
        totals=(entry["totals"] or ()) if "totals" in entry.changed else None,
        all_totals=True,
    )
    done = edit_plan(writing, edit, **entry.about)
    return ActDone(" ".join((done.sentence(), changed_facts(done.told), *done.remarks())))


def _present(reading: "Reading", subject: str) -> Mapping[str, str]:
    """Return the facts of the plan."""
    plan = reading.plan
    issuer = (pick.key for pick in choices.organisations(reading, Scope(subject)) if pick.label == plan.issuer)
    return {
        "title": plan.title,
        "starts": str(plan.starts),
        "ends": str(plan.ends),
        "time_zone": plan.time_zone,
        "cadence": plan.cadence.value,
        "language": plan.language or "",
        "organisation": next(issuer, ""),
        "mandate": plan.mandate if plan.has_mandate else "",
        "totals": "\n".join(f"{name} = {value}" for name, value in plan.totals.items()),
    }


def _close(writing: "Writing", entry: Entry) -> ActDone:
    from planner.queries.plans.open_work import open_work
    from planner.writes.plans.closing import close_plan

    left = open_work(writing.reading())
    close_plan(writing, entry["reason"])
    said = tr("Closed {plan}. It can only be read now, until somebody opens it again.", plan=writing.plan.key)
    return ActDone(f"{said} {left}".rstrip())


def _reopen(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plans.closing import reopen_plan

    reopen_plan(writing, entry["reason"])
    return ActDone(tr("Opened {plan} again.", plan=writing.plan.key))


def _remove(writing: "Writing", entry: Entry) -> ActDone:
    from planner.register.plans import read_plan
    from planner.register.writing import Writing
    from planner.writes.plans.removing import remove_plan

    # Another plan than the one that is shown, so that the app always has a plan to show.
    other = read_plan(writing.session, entry["plan"])
    today = other.today(writing.at)
    remove_plan(Writing(writing.session, other, writing.actor, today, writing.at), entry["reason"])
    return ActDone(tr("Removed the plan {plan}.", plan=other.key))


def _carry_over(writing: "Writing", entry: Entry) -> ActDone:
    from planner.register.plans import read_plan
    from planner.writes.plans.carry_over import carry_over

    earlier = read_plan(writing.session, entry["plan"])
    # What was shown has just been compared with what there is now.
    done = carry_over(writing, earlier, _read(writing.reading(), entry), entry["reason"])
    return ActDone(done.sentence())


def _read(reading: "Reading", entry: Entry) -> "CarryOver":
    from planner.queries.plans.carrying import NewDates, read_carry_over
    from planner.register.plans import read_plan
    from planner.register.point import Point
    from planner.register.reading import Reading

    earlier = read_plan(reading.session, entry["plan"])
    day = earlier.today(entry.now) if entry.now else reading.as_of
    before = Reading(reading.session, earlier, Point(day))
    return read_carry_over(before, reading, NewDates(entry["dates"]), entry["lead"] or None)


def _carried(reading: "Reading", entry: Entry) -> Affected:
    shown = _read(reading, entry)
    summary = [tr_count("{count:,} item is added.", "{count:,} items are added.", len(shown.items))]
    summary += shown.remarks()
    items = tuple(
        Pick(one.new_code, f"{one.new_code}  {one.title}", tr("due {day}", day=one.due)) for one in shown.items
    )
    return Affected(tuple(summary), items, shown)


_OTHER_PLAN = ActField(
    "plan",
    later("Plan"),
    Kind.PICK,
    picks=choices.other_plans,
    hint=later("enter lists the other plans"),
    required=True,
)

PLAN_ACTS = (
    Act(
        "plan.edit",
        later("Edit plan"),
        later("Change the title, days, time zone, reporting, organisation, mandate or stated totals of the plan"),
        (
            replace(TITLE, hint=""),
            ActField("starts", later("First day"), Kind.PLAN_DAY, required=True),
            ActField("ends", later("Last day"), Kind.DEADLINE, required=True, counts_from=("starts",)),
            ActField("time_zone", later("Time zone"), hint=later("such as Asia/Seoul or UTC"), required=True),
            ActField("cadence", later("Reports"), Kind.WORD, picks=choices.cadences),
            ActField("language", later("Language"), hint=later("of its titles, such as ko; may be empty")),
            replace(LEAD, name="organisation", title=later("Organisation")),
            ActField(
                "mandate",
                later("Mandate"),
                Kind.PICK,
                picks=choices.mandates,
                hint=later("enter lists the versions; may be empty"),
            ),
            ActField(
                "totals",
                later("Stated totals"),
                Kind.PAIRS,
                hint=later("lines such as items = 223 or task = 101: what the plan itself says"),
            ),
            *WHY_AND_WHEN,
        ),
        _edit,
        permission=Permission.KEEP_PLANS,
        initial=_present,
    ),
    Act(
        "plan.close",
        later("Close plan"),
        later("Close the plan that is shown; from then on, it can only be read"),
        (REASON,),
        _close,
        permission=Permission.KEEP_PLANS,
    ),
    Act(
        "plan.reopen",
        later("Reopen plan"),
        later("Open the closed plan that is shown again"),
        (REASON,),
        _reopen,
        permission=Permission.KEEP_PLANS,
        reopens=True,
    ),
    Act(
        "plan.remove",
        later("Remove another plan"),
        later("Remove a plan that was made by mistake and has nothing in it"),
        (_OTHER_PLAN, REASON),
        _remove,
        permission=Permission.KEEP_PLANS,
        between_plans=True,
    ),
    Act(
        "plan.carry_over",
        later("Carry over items"),
        later("Take the unfinished items of another plan into the plan that is shown"),
        (
            replace(_OTHER_PLAN, title=later("From plan")),
            ActField("dates", later("New dates"), Kind.WORD, picks=choices.new_dates, required=True),
            replace(LEAD, title=later("Lead"), hint=later("of the items whose lead was dissolved")),
            ActField("reason", later("Reason"), Kind.TEXT, hint=later("for the history; may be empty")),
        ),
        _carry_over,
        permission=Permission.KEEP_PLANS,
        affected=_carried,
        between_plans=True,
    ),
)
