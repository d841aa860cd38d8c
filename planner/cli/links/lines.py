"""Lines about a link that several commands print: its state, its last review, and later changes of its two ends."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.base.language import later, tr, tr_later
from planner.domain.plain_words import mark, plain
from planner.domain.symbols import SYMBOLS, marked
from planner.domain.vocabulary import LinkState

if TYPE_CHECKING:
    from datetime import datetime

    from planner.queries.links.reviews import LinkReviewView
    from planner.queries.links.standing import LinkStanding

# The states of a link that needs a review, the more serious one first.
TO_REVIEW = (LinkState.SUSPECT, LinkState.UNREVIEWED, LinkState.SUGGESTED)
_BY_PROGRAM = later("suggested by the program, not reviewed")


def state_line(state: LinkState, review: "LinkReviewView | None", suspect: Sequence[str], time_zone: str) -> str:
    """Return the state of a link in one line, with its last review and the reasons why it is suspect."""
    if state is LinkState.SUGGESTED:
        return f"{mark(SYMBOLS[state.value][0])}{tr_later(_BY_PROGRAM)}"
    if state is not LinkState.SUSPECT:
        return f"{mark(SYMBOLS[state.value][0])}{review_line(review, time_zone)}" if review else marked(state.value)
    reasons = "; ".join(suspect)
    if review is None:
        return tr("{state}: {reasons}. Nobody has reviewed this link.", state=marked(state.value), reasons=reasons)
    return tr(
        "{state}: {reasons}. Last review: {review}",
        state=marked(state.value),
        reasons=reasons,
        review=review_line(review, time_zone),
    )


def review_line(review: "LinkReviewView", time_zone: str) -> str:
    """Return a review in one line: the decision, the reviewer, the day in the plan's time zone, and the reason."""
    decision = tr(
        "{decision} by {person} on {day}",
        decision=review.decision.value,
        person=review.actor,
        day=iso_day(review.recorded_at, time_zone),
    )
    return f"{decision}: {review.reason}" if review.reason else decision


def iso_day(instant: "datetime", time_zone: str) -> str:
    """Return the date of an instant in a time zone, in ISO form."""
    return f"{instant.astimezone(ZoneInfo(time_zone)):%Y-%m-%d}"


def counts_to_review(links: "Iterable[LinkStanding]") -> str:
    """Return the counts of suspect, unreviewed and suggested links, with symbols and words.

    The text is empty if there are none.
    """
    states = Counter(link.state for link in links)
    return ", ".join(f"{states[state]} {marked(state.value)}" for state in TO_REVIEW if states[state])


def counts_by_symbol(links: "Iterable[LinkStanding]") -> str:
    """Return the counts of links that need a review, with symbols only. The text is a dot if there are none.

    In plain words, it has the words of the states, and is empty if there are none.
    """
    if plain():
        return counts_to_review(links)
    states = Counter(link.state for link in links)
    return " ".join(f"{states[state]}{SYMBOLS[state.value][0]}" for state in TO_REVIEW if states[state]) or "·"
