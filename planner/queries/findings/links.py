"""Links that somebody should look at: an end changed since it was pinned, or nobody has reviewed them."""

from collections.abc import Iterator

from planner.queries.findings.known_register import KnownRegister
from planner.queries.findings.views import About, FindingView
from planner.queries.links.standing import LinkEnd, LinkStanding
from planner.vocabulary import ComputedFinding, FindingSubject, LinkState


def suspect_links(register: KnownRegister) -> Iterator[FindingView]:
    """A link of which an end changed since it was reviewed, or drawn; an acceptance covers just this change."""
    for link in register.links:
        if link.state is LinkState.SUSPECT:
            since = "reviewed" if link.review else "drawn"
            changed = "; ".join(end.why for end in link.suspect)
            yield FindingView(
                ComputedFinding.LINK_SUSPECT,
                link.name,
                f"Since this link was {since}: {changed}.",
                _about(link),
                covers=tuple(part for end in link.suspect for part in _change(end)),
            )


def unreviewed_links(register: KnownRegister) -> Iterator[FindingView]:
    """A link that nobody has reviewed; one that is suspect too is told as suspect alone."""
    for link in register.links:
        if link.state is LinkState.UNREVIEWED:
            said = f"{link.near.name} {link.type.value} {link.clause.name}, {link.coverage.value} coverage"
            yield FindingView(
                ComputedFinding.LINK_UNREVIEWED,
                link.name,
                f"Nobody has reviewed this link: {said}. {link.rationale}",
                _about(link),
            )


def _change(end: LinkEnd) -> tuple[str, ...]:
    """What changed at an end: its fingerprints then and now, and the copies that read otherwise."""
    return (end.name, end.pinned, end.fingerprint, *(str(copy.span) for copy in end.copies))


def _about(link: LinkStanding) -> About:
    return About(FindingSubject.LINK, link.name, f"{link.near.title} – {link.clause.title}")
