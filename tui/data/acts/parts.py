"""The acts on parts of an item: add or remove a milestone or an indicator, and add or revise a target."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.base.language import later
from tui.data.acts import choices
from tui.data.acts.act import Act, ActDone, ActField, Entry, Kind, Scope
from tui.data.acts.common import NAME, TITLE, WEIGHT, WHY_AND_WHEN, ask_outside_plan

if TYPE_CHECKING:
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.writes.plan_changes.parts import PartChanged
    from planner.writes.plan_changes.targets import TargetRevised


def _add_milestone(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.parts import NewPart, add_milestone

    ask_outside_plan(writing, entry, entry.subject, entry["due"])
    new = NewPart(entry["title"], entry["due"], entry["weight"], entry["test"])
    done = add_milestone(writing, entry.subject, new, **entry.about)
    return _told(done)


def _add_indicator(writing: "Writing", entry: Entry) -> ActDone:
    from planner.domain.vocabulary import Direction
    from planner.writes.plan_changes.parts import NewIndicator, add_indicator

    ask_outside_plan(writing, entry, entry.subject, entry["due"])
    direction = Direction(entry["direction"])
    new = NewIndicator(entry["name"], entry["unit"], direction, entry["baseline"], entry["target"], entry["due"])
    done = add_indicator(writing, entry.subject, new, **entry.about)
    return _told(done)


def _add_target(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.parts import add_target

    ask_outside_plan(writing, entry, entry.subject, entry["due"])
    number = int(entry["indicator"])
    done = add_target(writing, entry.subject, number, entry["target"], entry["due"], **entry.about)
    return _told(done)


def _told(done: "PartChanged | TargetRevised") -> ActDone:
    return ActDone(done.sentence(), frozenset({done.code}))


def _revise(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.targets import revise_target

    ask_outside_plan(writing, entry, entry.subject, entry["due"])
    number, present = int(entry["indicator"]), entry["current_due"]
    which = date.fromisoformat(present) if present else None
    new = {"value": entry["value"], "due": entry["due"], "current_due": which}
    done = revise_target(writing, entry.subject, number, **new, **entry.about)
    return _told(done)


def _remove_milestone(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.removed_parts import remove_milestone

    done = remove_milestone(writing, entry.subject, int(entry["milestone"]), **entry.about)
    return _told(done)


def _remove_indicator(writing: "Writing", entry: Entry) -> ActDone:
    from planner.writes.plan_changes.removed_parts import remove_indicator

    done = remove_indicator(writing, entry.subject, int(entry["indicator"]), **entry.about)
    return _told(done)


def _first_indicator(reading: "Reading", code: str) -> Mapping[str, str]:
    """Return the indicator of an item that has only one."""
    found = choices.indicators(reading, Scope(code))
    return {"indicator": found[0].key} if len(found) == 1 else {}


def _only_target(reading: "Reading", code: str) -> Mapping[str, str]:
    """Return the indicator of an item in which only one has a target."""
    found = choices.indicators_with_targets(reading, Scope(code))
    return {"indicator": found[0].key} if len(found) == 1 else {}


_INDICATOR = ActField(
    "indicator",
    later("Indicator"),
    Kind.PICK,
    picks=choices.indicators_with_targets,
    hint=later("enter lists the indicators"),
    required=True,
)
_DUE = ActField("due", later("Due"), Kind.DEADLINE, hint=later("such as 30 June, or Q3"), counts_from=("as_of",))

PART_ACTS = (
    Act(
        "item.add_milestone",
        later("Add milestone to item"),
        later("Add a milestone to the item"),
        (
            replace(TITLE, hint=later("what is reached then")),
            replace(_DUE, required=True),
            replace(WEIGHT, hint=later("among the milestones; empty is 1")),
            ActField("test", later("Completed if"), hint=later("what shows that it is met; may be empty")),
            *WHY_AND_WHEN,
        ),
        _add_milestone,
        of_item=True,
    ),
    Act(
        "item.remove_milestone",
        later("Remove milestone from item"),
        later("Remove a milestone of the item on which nothing was recorded"),
        (
            ActField(
                "milestone",
                later("Milestone"),
                Kind.PICK,
                picks=choices.milestones,
                hint=later("enter lists the milestones"),
                required=True,
            ),
            *WHY_AND_WHEN,
        ),
        _remove_milestone,
        of_item=True,
    ),
    Act(
        "indicator.add",
        later("Add indicator to item"),
        later("Add an indicator to the item, with its first target"),
        (
            replace(NAME, hint=later("what is counted or measured")),
            ActField("unit", later("Unit"), hint=later("such as km or schools"), required=True),
            ActField("direction", later("Direction"), Kind.WORD, picks=choices.directions),
            ActField(
                "baseline", later("Baseline"), Kind.NUMBER, hint=later("the value at the beginning; may be empty")
            ),
            ActField("target", later("Target"), Kind.NUMBER, hint=later("the value to reach; may be empty")),
            replace(_DUE, hint=later("the day of the target")),
            *WHY_AND_WHEN,
        ),
        _add_indicator,
        of_item=True,
    ),
    Act(
        "indicator.remove",
        later("Remove indicator from item"),
        later("Remove an indicator of the item with its targets, if no value of it was recorded"),
        (replace(_INDICATOR, picks=choices.indicators), *WHY_AND_WHEN),
        _remove_indicator,
        of_item=True,
        initial=_first_indicator,
    ),
    Act(
        "target.add",
        later("Add target to item"),
        later("Add a target by a day to an indicator of the item"),
        (
            replace(_INDICATOR, picks=choices.indicators),
            ActField("target", later("Target"), Kind.NUMBER, hint=later("the value to reach"), required=True),
            replace(_DUE, required=True),
            *WHY_AND_WHEN,
        ),
        _add_target,
        of_item=True,
        initial=_first_indicator,
    ),
    Act(
        "target.revise",
        later("Revise target"),
        later("Change the value or the day of an indicator's target"),
        (
            _INDICATOR,
            ActField(
                "current_due",
                later("Target"),
                Kind.PICK,
                picks=choices.targets,
                within="indicator",
                hint=later("enter lists the targets; empty is the next one due"),
            ),
            ActField("value", later("New value"), Kind.NUMBER, hint=later("empty keeps the value")),
            replace(_DUE, title=later("New day"), hint=later("empty keeps the day")),
            *WHY_AND_WHEN,
        ),
        _revise,
        of_item=True,
        initial=_only_target,
    ),
)
