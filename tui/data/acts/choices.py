"""The values from which a person chooses in the fields of acts: themes, organisations, people, items and others."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.base.formats import plain_number
from planner.base.language import later, tr, tr_later
from planner.domain.symbols import words
from planner.domain.vocabulary import TERMINAL_PHASES, Cadence, Confidence, Direction, MeasuredBy, Role
from tui.data.acts.act import Scope
from tui.data.picks import Pick

if TYPE_CHECKING:
    from planner.register.reading import Reading


def themes(reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the themes of the plan."""
    return [Pick(str(theme.number), theme.title, theme.label or "") for theme in reading.plan.themes]


def kinds(reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the kinds of items of the plan."""
    return [Pick(kind.key, kind.title) for kind in reading.plan.kinds]


def measures(reading: "Reading", scope: Scope) -> Sequence[Pick]:
    """Return the measures of the plan. The note of each is its theme, as the field of the theme shows it."""
    from planner.queries.plans.measures import read_measures

    own = {pick.key: pick.text for pick in themes(reading, scope)}
    return [Pick(one.code, one.title, own.get(str(one.theme), "")) for one in read_measures(reading)]


def organisations(reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the organisations that have not ended."""
    from planner.queries.people.ended import read_listed_organisations

    return [
        Pick(one.key, one.name, "; ".join(other.name for other in one.names))
        for one in read_listed_organisations(reading.session)
        if one.ended is None
    ]


def people(reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the people of the register who have not left."""
    return [pick for pick, active in _people(reading) if active]


def everybody(reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return all people of the register, also those who have left."""
    return [pick for pick, _ in _people(reading)]


def people_who_left(reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the people of the register who have left."""
    return [pick for pick, active in _people(reading) if not active]


def roles(_reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the roles of people."""
    return [Pick(one.value, words(one.value)) for one in Role]


def _people(reading: "Reading") -> list[tuple[Pick, bool]]:
    from planner.queries.people.people import read_people

    found = []
    for one in read_people(reading.session):
        body = one.organisation.name if one.organisation else ""
        found.append((Pick(one.login, one.name, body if one.active else tr("has left")), one.active))
    return found


def other_items(_reading: "Reading", scope: Scope) -> Sequence[Pick]:
    """Return the loaded items that have not ended, except the one that the act is about."""
    return [
        Pick(item.code, item.title)
        for item in scope.items
        if item.code != scope.subject and item.phase not in TERMINAL_PHASES
    ]


def supporting(reading: "Reading", scope: Scope) -> Sequence[Pick]:
    """Return the organisations that support the item."""
    from planner.queries.items.register import read_item

    return [Pick(one.key, one.name) for one in read_item(reading, scope.subject).supporting]


def milestones(reading: "Reading", scope: Scope) -> Sequence[Pick]:
    """Return the milestones of the item. The note of each is its current date."""
    from planner.queries.items.register import read_item

    return [Pick(str(one.number), one.title, str(one.current)) for one in read_item(reading, scope.subject).milestones]


def indicators(reading: "Reading", scope: Scope) -> Sequence[Pick]:
    """Return the indicators of the item. The note of each is the present target, or empty."""
    from planner.queries.items.indicators import read_indicators
    from planner.queries.items.register import read_item

    found = []
    for one in read_indicators(reading, read_item(reading, scope.subject).id):
        value = None if one.target is None else plain_number(one.target)
        target = "" if value is None else tr("target {value} by {day}", value=value, day=one.due)
        found.append(Pick(str(one.number), one.name, target))
    return found


def indicators_with_targets(reading: "Reading", scope: Scope) -> Sequence[Pick]:
    """Return the indicators of the item that have a target."""
    return [pick for pick in indicators(reading, scope) if pick.note]


def targets(reading: "Reading", scope: Scope) -> Sequence[Pick]:
    """Return the targets of the item by their days. The note of each is its indicator, as the field of it shows it."""
    from planner.queries.items.indicators import read_targets
    from planner.queries.items.register import read_item

    own = {pick.key: pick.text for pick in indicators(reading, scope)}
    return [
        Pick(str(one.due), f"{plain_number(one.value)} {one.unit}", own.get(str(one.indicator), ""))
        for one in read_targets(reading, read_item(reading, scope.subject).id)
    ]


def directions(_reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the directions of indicators."""
    return [Pick(one.value, words(one.value)) for one in Direction]


def measured_by(_reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return what can measure the progress of an item."""
    return [Pick(one.value, words(one.value)) for one in MeasuredBy]


def ratings(_reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the ratings of an item."""
    return [Pick(one.value, words(one.value)) for one in Confidence]


def cadences(_reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return how often officers can report."""
    return [Pick(one.value, words(one.value)) for one in Cadence]


def mandates(reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the mandate versions of the register."""
    from planner.queries.mandates.versions import version_titles

    return [Pick(key, title) for key, title in version_titles(reading).items()]


def other_plans(reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the plans of the register other than the open one."""
    from planner.queries.plans.summaries import read_plan_summaries

    return [
        Pick(one.key, one.title, str(one.year))
        for one in read_plan_summaries(reading.session)
        if one.key != reading.plan.key
    ]


def new_dates(_reading: "Reading", _scope: Scope) -> Sequence[Pick]:
    """Return the ways to give carried items new dates."""
    from planner.queries.plans.carrying import NewDates

    return [Pick(one.value, tr_later(_DATES[one.value])) for one in NewDates]


_DATES = {
    "keep": later("the same dates"),
    "shift": later("moved by the years between the plans"),
    "end": later("the last day of this plan"),
}
