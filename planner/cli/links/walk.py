"""Reviewing links by questions and answers, on plain lines: each answer is one write, and stays however it ends."""

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from planner.base.errors import BadValueError, PlannerError
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.links.text import detail_lines
from planner.cli.output import print_line
from planner.cli.walk import EndedError, ask
from planner.domain.rules.permissions import Deed
from planner.domain.vocabulary import Coverage, LinkType, ReviewDecision

if TYPE_CHECKING:
    from planner.queries.links.changes import LinkDetail
    from planner.queries.links.standing import LinkStanding
    from planner.writes.link_reviews import LinkVerdict

ACCEPT, REJECT, CHANGE, SKIP = "a", "r", "c", "s"
HOW = "a accepts a link, r rejects it, c changes its type, coverage or rationale, s skips it, q ends."

_Word = TypeVar("_Word", bound=Enum)


def go_through(context: Context, names: Sequence[str], reason: str | None) -> None:
    """Ask about one link after the other; `reason` is offered for each. Raises NotAllowedError who may not review."""
    from planner.writes.permission import require

    with context.reading() as (session, _):
        require(session, context.actor, Deed.REVIEW_LINKS)
    if names:
        print_line(HOW)
    tally: Counter[ReviewDecision | None] = Counter()
    try:
        for place, name in enumerate(names, 1):
            print_line()
            print_line(f"{place} of {len(names)}")
            tally[_about(context, name, reason or "")] += 1
    except EndedError:
        print_line()
        print_line("Ended; what was decided stays.")
    told = ", ".join(f"{tally[decision]} {decision.value}" for decision in ReviewDecision)
    print_line()
    print_line(f"{told}, {tally[None]} skipped, {len(names) - tally.total()} left.")


def _about(context: Context, name: str, reason: str) -> ReviewDecision | None:
    """Ask until there is an answer that is taken. What was decided; None where the link is skipped."""
    found = _shown(context, name)
    while True:
        answer = ask("a, r, c, s or q", SKIP)
        try:
            verdict = _verdict(found.link, answer, reason)
            if verdict is None:
                return None
            _record(context, found.link, verdict)
        except PlannerError as error:
            print_line(error.message)
            found = _shown_again(context, found)
        else:
            print_line(f"{verdict.decision.value.capitalize()}.")
            return verdict.decision


def _shown(context: Context, name: str) -> "LinkDetail":
    from planner.queries.links.changes import read_link_detail

    with context.reading() as (session, plan):
        found = read_link_detail(session, plan, name)
    for line in detail_lines(found, plan.time_zone):
        print_line(line)
    return found


def _shown_again(context: Context, found: "LinkDetail") -> "LinkDetail":
    """The link as it stands now, shown where that is otherwise than it was shown."""
    from planner.queries.links.names import read_link

    with context.reading() as (session, plan):
        link = read_link(session, plan, found.link.name)
    return found if link == found.link else _shown(context, link.name)


def _verdict(link: "LinkStanding", answer: str, reason: str) -> "LinkVerdict | None":
    """What an answer decides; None where it skips. Raises BadValueError for an answer that is none."""
    from planner.writes.link_reviews import LinkVerdict, needs_reason

    decisions = {ACCEPT: ReviewDecision.ACCEPTED, REJECT: ReviewDecision.REJECTED, CHANGE: ReviewDecision.CHANGED}
    if answer == SKIP:
        return None
    if answer not in decisions:
        raise BadValueError(f"'{answer}' is none of the answers", do="Write a, r, c, s or q")
    decision = decisions[answer]
    if decision is not ReviewDecision.CHANGED:
        return LinkVerdict(decision, reason=ask("Reason", reason) if needs_reason(link, decision) or reason else None)
    return LinkVerdict(
        decision,
        type=_word(LinkType, ask(f"Type: {_listed(LinkType)}", link.type.value)),
        coverage=_word(Coverage, ask(f"Coverage: {_listed(Coverage)}", link.coverage.value)),
        rationale=_rationale(link),
        reason=ask("Reason", reason),
    )


def _rationale(link: "LinkStanding") -> str | None:
    """Another rationale; None where the one that stands is kept."""
    standing = one_line(link.rationale)
    answer = ask("Rationale", standing)
    return None if answer == standing else answer


def _record(context: Context, link: "LinkStanding", verdict: "LinkVerdict") -> None:
    from planner.writes.link_reviews import review_links

    with context.writing() as (session, plan):
        review_links(
            session, context.actor, plan, [link.name], verdict, expected={link.name: link.seen}, at=context.now()
        )


def _word(vocabulary: type[_Word], text: str) -> _Word:
    """The word of a vocabulary that a text is the beginning of."""
    found = [word for word in vocabulary if word.value.startswith(text.casefold())] if text else []
    if len(found) != 1:
        raise BadValueError(f"'{text}' is none of the words", do=f"Write {_listed(vocabulary)}")
    return found[0]


def _listed(vocabulary: type[Enum]) -> str:
    return ", ".join(word.value for word in vocabulary)
