"""The key figures at the top of the page, each with its change since the week before."""

from planner.base.formats import percent
from planner.base.views import value_class
from planner.domain.rules.figures import points_between, tenths
from planner.domain.rules.rollup import RollUp
from planner.domain.symbols import SYMBOLS, words
from planner.domain.vocabulary import Concern, Freshness, State
from planner.weekly.page.figure import signed
from planner.weekly.pictures import Pictures


@value_class
class KeyFigure:
    """A key figure: its number, what it counts, and its change.

    A figure that counts a state also has the state's symbol and CSS class.
    """

    number: str
    words: str
    change: str
    note: str = ""
    symbol: str = ""
    swatch: str = ""


def key_figures(pictures: Pictures) -> list[KeyFigure]:
    """Return the key figures: percent done, items by state, reports, and problems that need attention."""
    now, before = pictures.now, pictures.before
    return [
        _done(now, before),
        *(_state(state, now, before) for state in State),
        _reported(now, before),
        *(_concern(concern, now, before) for concern in (Concern.CONTRADICTION, Concern.AWAITING)),
    ]


def _done(now: RollUp, before: RollUp) -> KeyFigure:
    points = points_between(now.actual, before.actual)
    change = "" if points is None else f"{signed(points)} points"
    return KeyFigure(percent(tenths(now.actual), 1), "done", change, f"expected {percent(tenths(now.expected), 1)}")


def _state(state: State, now: RollUp, before: RollUp) -> KeyFigure:
    change = signed(now.states[state] - before.states[state])
    symbol, swatch = SYMBOLS[state.value][0], f"state-{state.value}"
    return KeyFigure(str(now.states[state]), words(state.value), change, "", symbol, swatch)


def _reported(now: RollUp, before: RollUp) -> KeyFigure:
    owed = now.items - now.freshnesses[Freshness.NOT_OWED]
    reported = now.freshnesses[Freshness.REPORTED]
    change = signed(reported - before.freshnesses[Freshness.REPORTED])
    return KeyFigure(str(reported), "reported this week", change, f"of {owed} that are due")


_CONCERN_WORDS = {
    Concern.CONTRADICTION: ("contradictions", "rated green, but overdue or off track"),
    Concern.AWAITING: ("to be confirmed", "reported as completed, cancelled or merged"),
}


def _concern(concern: Concern, now: RollUp, before: RollUp) -> KeyFigure:
    label, note = _CONCERN_WORDS[concern]
    change = signed(now.concerns[concern] - before.concerns[concern])
    return KeyFigure(str(now.concerns[concern]), label, change, note, SYMBOLS[concern.value][0])
