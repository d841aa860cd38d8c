"""What several commands say of a link: whether it was reviewed and by whom, and what speaks against it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.domain.symbols import SYMBOLS, marked
from planner.domain.vocabulary import LinkState

if TYPE_CHECKING:
    from datetime import datetime

    from planner.queries.links.reviews import LinkReviewView
    from planner.queries.links.standing import LinkStanding

# The states of a link that somebody should look at, the graver first.
WANTING = (LinkState.SUSPECT, LinkState.UNREVIEWED)


def standing_line(state: LinkState, review: "LinkReviewView | None", suspect: Sequence[str], time_zone: str) -> str:
    """Where a link stands, by whose review, and which ends changed since."""
    if state is LinkState.SUSPECT:
        since = f"since it was {review_line(review, time_zone)}" if review else "since it was drawn"
        return f"{marked(state.value)}: {'; '.join(suspect)}; {since}"
    return f"{SYMBOLS[state.value][0]} {review_line(review, time_zone)}" if review else marked(state.value)


def review_line(review: "LinkReviewView", time_zone: str) -> str:
    """A review in one line: what was decided, by whom, on which day of the plan's, why."""
    why = f": {review.reason}" if review.reason else ""
    return f"{review.decision.value} by {review.actor} on {local_day(review.recorded_at, time_zone)}{why}"


def local_day(instant: "datetime", time_zone: str) -> str:
    """The day of an instant where the plan is."""
    return f"{instant.astimezone(ZoneInfo(time_zone)):%Y-%m-%d}"


def wanting(links: "Iterable[LinkStanding]") -> str:
    """How many links are suspect and unreviewed, each with its symbol; nothing where none is."""
    states = Counter(link.state for link in links)
    return ", ".join(f"{states[state]} {marked(state.value)}" for state in WANTING if states[state])


def wanting_signs(links: "Iterable[LinkStanding]") -> str:
    """The same by the symbols alone, for a cell above a legend; a dot where nothing is to be looked at."""
    states = Counter(link.state for link in links)
    return " ".join(f"{states[state]}{SYMBOLS[state.value][0]}" for state in WANTING if states[state]) or "·"
