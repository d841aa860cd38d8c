"""Sentences on what a pack does not prove. Every pack contains them."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.base.listing import listed
from planner.domain.vocabulary import Basis
from planner.evidence.contents import Evidence
from planner.evidence.verify import counted

# The most event numbers that are listed. Further ones are only counted.
LISTED = 20


# docs/decisions/0059: the sentences here are part of a pack's bytes.
@dataclass(frozen=True)
class Limit:
    """A thing that is not proven, and the reason or a possible remedy."""

    what: str
    why: str


def limits(evidence: Evidence) -> tuple[Limit, ...]:
    """Return what this pack does not prove: first the limits of this pack, then those of every pack."""
    return (*_of_anchor(evidence), *_of_texts(evidence), *_of_facts(evidence), *_OF_ANY)


def _of_anchor(evidence: Evidence) -> Iterator[Limit]:
    anchor = evidence.anchor
    if not anchor.signed:
        yield Limit(
            "That this is the register's history at all.",
            "The root in checkpoint.txt is not signed. The parts of the pack agree, but whoever made it could have"
            " invented all of it. Compare checkpoint.txt with a copy kept by somebody else, or ask for a signed one.",
        )
    elif anchor.key is None:
        yield Limit(
            "Who signed the checkpoint.",
            "The pack was made without the public key. With it, verify.py --public-key checks the signature.",
        )
    else:
        yield Limit(
            "Whose key signed the checkpoint.",
            "key.pub came with the pack. Compare it with a copy that you got from elsewhere. A checkpoint that was made"
            " together with the pack shows the log as it was at that time, not as it was before.",
        )
    late = [event.seq for event in evidence.rows.events if event.seq > anchor.size]
    if late:
        yield Limit(
            f"That the log holds {counted(len(late), 'event')} recorded after the checkpoint as here:"
            f" {listed(late, most=LISTED)}.",
            f"The checkpoint commits to the first {anchor.size:,} of {anchor.events:,} events. The others are in the"
            " pack and are marked as not anchored. A later checkpoint proves them.",
        )


def _of_texts(evidence: Evidence) -> Iterator[Limit]:
    withheld = [event.seq for event in evidence.withheld]
    if withheld:
        yield Limit(
            f"What events {listed(withheld, most=LISTED)} say: which copies were attached, by whom and when.",
            "Their bytes contain whole documents and stay in the register. The pack has only their leaves and proofs."
            " The names of the files are in statement.json, which no event proves. The quoted words do not depend on"
            " them: they have the digests that were cited.",
        )
    redacted = sorted(evidence.redacted)
    if redacted:
        yield Limit(
            f"What events {listed(redacted, most=LISTED)} said before an administrator redacted them.",
            "Their text was replaced by [redacted]. Their leaves were computed from the original bytes, so nobody can"
            " compute them again. The pack says who redacted what, when and why. It does not prove that the redaction"
            " changed only the fields that it names.",
        )
    differing = [quote.span for quote in evidence.quotes if not quote.agrees]
    if differing:
        yield Limit(
            f"The words of {counted(len(differing), 'passage')} of attached copies that differ from what was cited.",
            "The log has no digest of these words. They are shown as differing.",
        )
    yield Limit(
        "That the documents are the official ones, and that the restatements of the clauses are correct.",
        "A document is identified by its SHA-256 and its source. Restatements and links are people's judgement.",
    )


def _of_facts(evidence: Evidence) -> Iterator[Limit]:
    bases = {
        value
        for name in evidence.rows.tables
        for row in evidence.rows.rows(name)
        for column, value in row.values.items()
        if column == "basis" or column.endswith("_basis")
    }
    if Basis.SIMULATED in bases or evidence.plan.simulated:
        yield Limit("Anything about the real plan.", "This is a demonstration: reports, dates and values are made up.")
    if Basis.WORKING in bases:
        yield Limit(
            "That the plan says what is marked 'working'.",
            "No public text gives it. It was drafted for the register and is to be replaced.",
        )


_OF_ANY = (
    Limit(
        "That what people recorded is true, and that they are who they said they were.",
        "The log has the login that the operating system gave. The pack names people only by their logins.",
    ),
    Limit(
        "That the log has nothing else about the item.",
        "A proof shows that an event is in the log, not that none was left out. Each edit in the pack begins where the"
        " one before it ended, but a later edit, or a whole row, could be missing. To check this, make the pack again"
        " from the register with the same checkpoint, and compare the bytes.",
    ),
    Limit(
        "When things were done.",
        "The instants come from the clock of the machine that wrote, except that they never go back. A checkpoint in a"
        " dated mail shows that the log had these events by then.",
    ),
    Limit(
        "The computed state of the item, the as-of date, and the words of this page.",
        "States, percents and delays are computed. No event has them; they are in statement.json. Only the signature in"
        " signature.txt covers that file and the pages. If verify.py does not report that the pack itself is signed,"
        " anybody could have changed them. In that case, read the events: verify.py --history prints them.",
    ),
    Limit(
        "That verify.py is the original program.",
        "A program that comes with the data that it checks may have been changed together with the data. Use verify.py"
        " from a copy of planner that you trust (planner/evidence/verify.py, the same bytes), or write your own:"
        " docs/audit-log.md and docs/evidence.md describe all that is needed.",
    ),
)
