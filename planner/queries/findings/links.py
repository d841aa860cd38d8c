"""Findings about links that need a review: an end changed, or nobody has reviewed the link."""

from collections.abc import Iterator

from planner.base.language import in_english
from planner.domain.vocabulary import ComputedFinding, FindingSubject, LinkState
from planner.queries.findings.known_register import KnownRegister
from planner.queries.findings.views import About, FindingView, computed
from planner.queries.links.standing import LinkEnd, LinkStanding


def suspect_links(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding per link with a changed end. A further change reopens an accepted finding."""
    for link in register.links:
        if link.state is LinkState.SUSPECT:
            since = "reviewed" if link.review else "made"
            # docs/decisions/0059: a decision counts only while the statement is the same, in every language.
            with in_english():
                changed = "; ".join(end.why for end in link.suspect)
            yield computed(
                ComputedFinding.LINK_SUSPECT,
                link.name,
                f"Since this link was {since}: {changed}.",
                _about(link),
                covers=tuple(part for end in link.suspect for part in _change(end)),
            )


def unreviewed_links(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding per link that nobody has reviewed, and per link that the program suggested.

    Suspect links are left out: they have a finding of their own.
    """
    for link in register.all_links:
        if link.state in (LinkState.UNREVIEWED, LinkState.SUGGESTED):
            what = "The program suggested this link, and nobody has reviewed it"
            if link.state is LinkState.UNREVIEWED:
                what = "Nobody has reviewed this link"
            description = f"{link.near.name} {link.type.value} {link.clause.name}, {link.coverage.value} coverage"
            yield computed(
                ComputedFinding.LINK_UNREVIEWED,
                link.name,
                f"{what}: {description}. {link.rationale}",
                _about(link),
            )


def _change(end: LinkEnd) -> tuple[str, ...]:
    """Return what identifies the change of an end: its name, its old and new fingerprint, and the differing copies."""
    return (end.name, end.pinned, end.fingerprint, *(str(copy.span) for copy in end.copies))


def _about(link: LinkStanding) -> About:
    return About(FindingSubject.LINK, link.name, f"{link.near.title} – {link.clause.title}")
