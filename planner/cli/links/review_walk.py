"""Reviewing links by answering questions in plain lines. Each answer is recorded at once."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.base.errors import PlannerError
from planner.base.language import later, tr, tr_later
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.links.text import detail_lines
from planner.cli.output import print_line
from planner.cli.walk import SKIP, BackError, ask, ask_all, ask_first, one_by_one, unknown_answer, until_ended
from planner.domain.rules.permissions import Permission
from planner.domain.typed_words import listed_words, read_word
from planner.domain.vocabulary import Coverage, LinkType, ReviewDecision

if TYPE_CHECKING:
    from planner.queries.links.changes import LinkDetail
    from planner.queries.links.standing import LinkStanding
    from planner.writes.link_reviews import LinkVerdict

ACCEPT, REJECT, CHANGE = "a", "r", "c"
HELP = later(
    "a accepts a link, r rejects it, c changes its type, coverage or rationale, < goes back one question, "
    "s skips it, q ends."
)


def go_through(context: Context, names: Sequence[str], reason: str | None) -> None:
    """Ask about the given links one by one. `reason` is the default reason for each decision.

    Raises NotAllowedError if the person may not review links.
    """
    from planner.writes.permission import require

    with context.reading() as reading:
        require(reading.session, context.actor, Permission.REVIEW_LINKS)
    if names:
        print_line(tr_later(HELP))
    tally: Counter[ReviewDecision | None] = Counter()
    with until_ended(tr("Ended. Your decisions so far are recorded.")):
        for name in one_by_one(lambda: dict(zip(names, names, strict=True))):
            tally[_review(context, name, reason or "")] += 1
    print_line(
        tr(
            "{accepted} accepted, {rejected} rejected, {changed} changed, {skipped} skipped, {left} left.",
            accepted=tally[ReviewDecision.ACCEPTED],
            changed=tally[ReviewDecision.CHANGED],
            rejected=tally[ReviewDecision.REJECTED],
            skipped=tally[None],
            left=len(names) - tally.total(),
        )
    )


def _review(context: Context, name: str, reason: str) -> ReviewDecision | None:
    """Ask about a link until a decision can be recorded, and return it. Return None if the link is skipped."""
    found = _shown(context, name)
    while True:
        answer = ask_first(tr("Decision (a, r, c, s or q)"), SKIP)
        if answer == SKIP:
            return None
        try:
            verdict = _verdict(found.link, answer, reason)
            _record(context, found.link, verdict)
        except BackError:
            continue
        except PlannerError as error:
            print_line(error.message)
            found = _shown_again(context, found)
        else:
            print_line(tr("Recorded: {decision}.", decision=verdict.decision.value))
            return verdict.decision


def _shown(context: Context, name: str) -> "LinkDetail":
    from planner.queries.links.changes import read_link_detail

    with context.reading() as reading:
        found = read_link_detail(reading, name)
    for line in detail_lines(found, reading.plan.time_zone):
        print_line(line)
    return found


def _shown_again(context: Context, found: "LinkDetail") -> "LinkDetail":
    """Read a link again and return it. Print it if it has changed since it was last printed."""
    from planner.queries.links.names import read_link

    with context.reading() as reading:
        link = read_link(reading, found.link.name)
    return found if link == found.link else _shown(context, link.name)


def _verdict(link: "LinkStanding", answer: str, reason: str) -> "LinkVerdict":
    """Return the decision that an answer means. Raises BadValueError if the answer means none."""
    from planner.writes.link_reviews import LinkVerdict, needs_reason

    decisions = {ACCEPT: ReviewDecision.ACCEPTED, REJECT: ReviewDecision.REJECTED, CHANGE: ReviewDecision.CHANGED}
    if answer not in decisions:
        raise unknown_answer(answer, tr("Type a, r, c, s or q"))
    decision = decisions[answer]
    if decision is not ReviewDecision.CHANGED:
        with_reason = needs_reason(link, decision) or reason
        return LinkVerdict(decision, reason=ask(tr("Reason"), reason) if with_reason else None)
    kind, coverage, rationale, why = ask_all(
        (
            lambda: read_word(LinkType, ask(tr("Type: {words}", words=listed_words(LinkType)), link.type.value)),
            lambda: read_word(
                Coverage, ask(tr("Coverage: {words}", words=listed_words(Coverage)), link.coverage.value)
            ),
            lambda: _rationale(link),
            lambda: ask(tr("Reason"), reason),
        )
    )
    return LinkVerdict(decision, type=kind, coverage=coverage, rationale=rationale, reason=why)


def _rationale(link: "LinkStanding") -> str | None:
    """Ask for the rationale. Return None if the current one is kept."""
    current = one_line(link.rationale)
    answer = ask(tr("Rationale"), current)
    return None if answer == current else answer


def _record(context: Context, link: "LinkStanding", verdict: "LinkVerdict") -> None:
    from planner.writes.link_reviews import review_links

    with context.writing() as writing:
        review_links(writing, [link.name], verdict, expected={link.name: link.seen})
