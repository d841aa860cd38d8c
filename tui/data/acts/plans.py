"""The acts on the plan as a whole: close it, open it again, and carry items over from another plan."""

from typing import TYPE_CHECKING

from planner.base.language import later, tr, tr_count
from planner.domain.rules.permissions import Permission
from tui.data.acts import choices
from tui.data.acts.act import Act, ActDone, ActField, Affected, Entry, Kind
from tui.data.acts.common import REASON
from tui.data.picks import Pick

if TYPE_CHECKING:
    from planner.queries.plans.carrying import CarryOver
    from planner.register.reading import Reading
    from planner.register.writing import Writing


def _close(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plans.closing import close_plan

    close_plan(writing, entry["reason"])
    return ActDone(tr("Closed {plan}. It can only be read now, until somebody opens it again.", plan=writing.plan.key))


def _reopen(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plans.closing import reopen_plan

    reopen_plan(writing, entry["reason"])
    return ActDone(tr("Opened {plan} again.", plan=writing.plan.key))


def _carry_over(writing: "Writing", entry: Entry) -> ActDone:
    from planner.register.plans import read_plan
    from planner.writes.plans.carry_over import carry_over

    earlier = read_plan(writing.session, entry["plan"])
    # What was shown has just been compared with what there is now.
    done = carry_over(writing, earlier, _read(writing.reading(), entry), entry["reason"])
    said = tr_count(
        "Carried {count} item over into {plan}.",
        "Carried {count} items over into {plan}.",
        len(done.items),
        plan=done.to_plan,
    )
    return ActDone(said)


def _read(reading: "Reading", entry: Entry) -> "CarryOver":
    from planner.queries.plans.carrying import NewDates, read_carry_over
    from planner.register.plans import read_plan
    from planner.register.point import Point
    from planner.register.reading import Reading

    earlier = read_plan(reading.session, entry["plan"])
    day = earlier.today(entry.now) if entry.now else reading.as_of
    before = Reading(reading.session, earlier, Point(day))
    return read_carry_over(before, reading, NewDates(entry["dates"]))


def _carried(reading: "Reading", entry: Entry) -> Affected:
    shown = _read(reading, entry)
    summary = [tr_count("{count:,} item is added.", "{count:,} items are added.", len(shown.items))]
    summary += [tr("New theme in {plan}: {theme}", plan=shown.to_plan, theme=theme) for theme in shown.new_themes]
    if shown.awaiting:
        codes = ", ".join(one.code for one in shown.awaiting)
        summary.append(tr("Not carried over, because its ending is not confirmed: {code}", code=codes))
    if shown.done_before:
        summary.append(
            tr_count("Carried over before: {count} item", "Carried over before: {count} items", shown.done_before)
        )
    items = tuple(
        Pick(one.new_code, f"{one.new_code}  {one.title}", tr("due {day}", day=one.due)) for one in shown.items
    )
    return Affected(tuple(summary), items, shown)


PLAN_ACTS = (
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
        "plan.carry_over",
        later("Carry over items"),
        later("Take the unfinished items of another plan into the plan that is shown"),
        (
            ActField(
                "plan",
                later("From plan"),
                Kind.PICK,
                picks=choices.other_plans,
                hint=later("enter lists the other plans"),
                required=True,
            ),
            ActField("dates", later("New dates"), Kind.WORD, picks=choices.new_dates, required=True),
            ActField("reason", later("Reason"), Kind.TEXT, hint=later("for the history; may be empty")),
        ),
        _carry_over,
        permission=Permission.KEEP_PLANS,
        affected=_carried,
        between_plans=True,
    ),
)
