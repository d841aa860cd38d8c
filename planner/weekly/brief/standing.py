"""Where the plan stands: one sentence about it, and the bars of the plan and of its themes."""

from collections.abc import Iterable, Mapping

from planner.base.formats import percent
from planner.base.language import tr_later
from planner.base.numbers import counted
from planner.domain.rules.figures import points_between, tenths
from planner.domain.rules.rollup import RollUp
from planner.domain.vocabulary import Freshness, State
from planner.queries.moves.in_words import slips_in_words
from planner.queries.moves.moves import slips
from planner.queries.weeks.overview import NEVER_REPORTED
from planner.queries.weeks.requests import RequestRow
from planner.weekly.brief.model import Share, StateBar
from planner.weekly.brief.shortening import short_name
from planner.weekly.page.figure import signed
from planner.weekly.sections.movements import Movement
from planner.weekly.sections.totals import By, Total

# The themes that the picture has room for. A plan with more themes shows those with most trouble.
MOST_THEMES = 12

_TROUBLED = (State.OVERDUE, State.OFF_TRACK)
# Only a report gives an item one of these.
_REPORTED = (State.COMPLETED, State.SUSPENDED, State.DROPPED)


def standing_sentence(plan: Total, subject: str = "the plan") -> str:
    """Return one sentence about the plan: what is late, what is done against what was expected, and who reported.

    `subject` is what the file is about, if it is a part of the plan.
    """
    now, before = plan.now, plan.before
    if not now.items:
        return f"{subject[0].upper()}{subject[1:]} has no items."
    first = f"{tr_later(NEVER_REPORTED)}. " if _troubled(now) and _nobody_reported(now) else ""
    return f"{first}{_late(now, before)}; {_done(now, before, subject)}; {_reported(now)}."


def _nobody_reported(now: RollUp) -> bool:
    """Return whether reports are owed, and there is none on any item yet."""
    fresh = now.freshnesses
    given = fresh[Freshness.REPORTED] + fresh[Freshness.DUE] + fresh[Freshness.STALE]
    return bool(fresh[Freshness.NEVER]) and not given and not any(now.states[state] for state in _REPORTED)


def slips_sentence(movements: Iterable[Movement]) -> str:
    """Return a sentence about the dates that were moved to a later day, or an empty text if none was."""
    found = slips(row.move for row in movements)
    if not found:
        return ""
    return f"{slips_in_words(found)}."


def answers_sentence(requests: Iterable[RequestRow]) -> str:
    """Return a sentence about the requests that were answered this week, or an empty text if none was."""
    answered = sum(row.answer is not None for row in requests)
    if not answered:
        return ""
    return f"{counted(answered, 'request')} {'was' if answered == 1 else 'were'} answered this week."


def _late(now: RollUp, before: RollUp) -> str:
    text = _troubles(now.states[State.OVERDUE], now.states[State.OFF_TRACK], now.items)
    return f"{text}{_compared(_troubled(now) - _troubled(before))}" if before.items else text


def _troubles(overdue: int, off_track: int, items: int) -> str:
    if not overdue and not off_track:
        return "No item is overdue or off track"
    if not overdue:
        return f"No item is overdue, but {off_track:,} of {items:,} {_are(off_track)} off track"
    more = f"{off_track:,}" if off_track else "none is"
    return f"{overdue:,} of {items:,} items {_are(overdue)} overdue and {more} off track"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _troubled(rolled: RollUp) -> int:
    return sum(rolled.states[state] for state in _TROUBLED)


def _compared(change: int) -> str:
    if not change:
        return ", together as many as a week before"
    return f", together {abs(change):,} {'more' if change > 0 else 'fewer'} than a week before"


def _done(now: RollUp, before: RollUp, subject: str) -> str:
    if now.actual is None:
        return "all items were dropped"
    points = points_between(now.actual, before.actual)
    gained = f" ({signed(points)} points this week)" if points is not None and before.items else ""
    expected = percent(tenths(now.expected), 1)
    return f"{percent(tenths(now.actual), 1)} of {subject} is done{gained}, where {expected} was expected"


def _reported(now: RollUp) -> str:
    owed = now.items - now.freshnesses[Freshness.NOT_OWED]
    if not owed:
        return "no report was due"
    return f"{now.freshnesses[Freshness.REPORTED]:,} of {owed:,} reports due came in"


def state_bar(name: str, states: Mapping[State, int]) -> StateBar:
    """Return the bar of some items. States that no item has are left out."""
    shares, start = [], 0
    for state in State:
        if count := states[state]:
            shares.append(Share(state, start, count))
            start += count
    return StateBar(name, tuple(shares))


def plan_bar(plan: Total) -> StateBar:
    """Return the bar of the whole plan."""
    return state_bar("The plan", plan.now.states)


def theme_bars(totals: Iterable[Total]) -> tuple[tuple[StateBar, ...], int]:
    """Return the bars of the themes in the order of the plan, and the number of all themes.

    If there are more themes than the picture has room for, those with most items overdue or off track are chosen.
    """
    themes = [total for total in totals if total.by is By.THEME]
    worst = sorted(themes, key=lambda theme: -_troubled(theme.now))[:MOST_THEMES]
    shown = [theme for theme in themes if theme in worst] if len(themes) > MOST_THEMES else themes
    return tuple(state_bar(short_name(theme.name), theme.now.states) for theme in shown), len(themes)
