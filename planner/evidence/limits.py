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
            "Nobody signed the root in checkpoint.txt. The pack goes together, and whoever made it could have made all"
            " of it up. Compare checkpoint.txt with one that was kept out of reach, or ask for a signed one.",
        )
    elif anchor.key is None:
        yield Limit(
            "Who signed the checkpoint.",
            "The pack was made without the public key. With it, verify.py --public-key checks the signature.",
        )
    else:
        yield Limit(
            "Whose key it is that signed the checkpoint.",
            "key.pub came with the pack. Compare it with the one you had from elsewhere. A checkpoint that was made"
            " together with the pack says that the log was so when it was made, not that it was so before.",
        )
    late = [event.seq for event in evidence.rows.events if event.seq > anchor.size]
    if late:
        yield Limit(
            f"That the log holds {counted(len(late), 'event')} recorded after the checkpoint as here:"
            f" {listed(late, most=LISTED)}.",
            f"The checkpoint commits to the first {anchor.size:,} of {anchor.events:,} events. The others are in the"
            " pack and are marked as not anchored; a later checkpoint proves them.",
        )


def _of_texts(evidence: Evidence) -> Iterator[Limit]:
    withheld = [event.seq for event in evidence.withheld]
    if withheld:
        yield Limit(
            f"What events {listed(withheld, most=LISTED)} say: which copies were attached, by whom and when.",
            "Their bytes hold whole documents and stay in the register; the pack has their leaves and proofs only. The"
            " names of the files are in statement.json, which no event proves. The quoted words do not depend on them:"
            " they have the digests that were cited.",
        )
    redacted = sorted(evidence.redacted)
    if redacted:
        yield Limit(
            f"What events {listed(redacted, most=LISTED)} said before an administrator redacted them.",
            "Their text is gone, and says [redacted]. Their leaves are those of the bytes they had, and nobody can"
            " compute them any more. Who redacted what, when and why is in the pack; that the redaction changed no more"
            " than the fields it names is not proven.",
        )
    differing = [quote.span for quote in evidence.quotes if not quote.agrees]
    if differing:
        yield Limit(
            f"The words of {counted(len(differing), 'passage')} of attached copies that differ from what was cited.",
            "No digest in the log is theirs; they are told as differing.",
        )
    yield Limit(
        "That the documents are the official ones, and that the clauses are restated well.",
        "A document is known by its SHA-256 and where it could be had; restatements and links are people's judgement.",
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
            "No public text gives it; it was drafted for the register, to be replaced.",
        )


_OF_ANY = (
    Limit(
        "That what people recorded is true, and that who wrote was who they said.",
        "The log knows the login that the operating system gave. Persons are in the pack by their logins alone.",
    ),
    Limit(
        "That the log holds nothing more about the item.",
        "A proof shows that an event is in the log, not that none was left out. Each edit in the pack begins where the"
        " one before it ended, but a later edit, or a row as a whole, could be missing. Who has the register makes the"
        " pack again against the same checkpoint and compares the bytes.",
    ),
    Limit(
        "When things were done.",
        "The instants are those of the machine that wrote, only never going back. A checkpoint in a dated mail says"
        " that the log had come so far by then.",
    ),
    Limit(
        "How the item stood by the rules, the as-of date, and this page's words.",
        "States, percents and delays are computed, and no event says them: they are in statement.json. Only the"
        " signature in signature.txt covers that file and the pages. Where verify.py does not report that the pack"
        " itself is signed, anybody could have changed them: verify.py --history prints the events instead.",
    ),
    Limit(
        "That verify.py is what it says it is.",
        "A program that came with what it checks may have been altered with it. Take verify.py from a copy of planner"
        " that you trust (planner/evidence/verify.py, the same bytes), or write one: docs/audit-log.md and"
        " docs/evidence.md say all that is needed.",
    ),
)
