"""What a verification comes to, in words. Never a bare OK: what no checkpoint vouches for is said to be so."""

from collections.abc import Iterator
from itertools import groupby

from planner.integrity.anchoring import CheckedCheckpoint, Signed
from planner.integrity.problems import MEANINGS, Problem, ProblemKind
from planner.integrity.verifying import Verdict, Verification
from planner.models import CONTENT
from planner.queries.redactions import RedactionView
from planner.visible_text import one_line


def verdict_told(found: Verification) -> str:
    """What it comes to, in a sentence or two."""
    if found.verdict is Verdict.BROKEN:
        return "Broken: the history does not stand as it was recorded."
    if found.verdict is Verdict.CHAINED:
        return "Consistent in itself and not anchored: no checkpoint vouches for it. See what was not checked."
    return f"Consistent with the checkpoint, which commits to {found.anchored:,} of {found.events:,} events."


def numbers(found: Verification) -> tuple[tuple[int, str], ...]:
    """The numbers, each with what it counts."""
    return (
        (found.anchored, "anchored by a checkpoint"),
        (found.chained, "chained only"),
        *(((found.redacted, "redacted: the hash stands, the text is gone"),) if found.redactions else ()),
        (found.not_verifiable, "not verifiable"),
    )


def checkpoint_told(one: CheckedCheckpoint) -> str:
    """Whether a checkpoint holds, and what is known of its signature."""
    holds = "holds" if one.holds else "does not hold"
    signed = "not signed" if one.signed is Signed.UNSIGNED else f"signature {one.signed.value.replace('_', ' ')}"
    return f"Checkpoint {one.where} of {one.size:,} events: {holds}; {signed}"


def checks_told(found: Verification) -> Iterator[str]:
    """What else was looked at."""
    yield f"Guards: {found.guards} of {found.guards_set} stand as the program set them"
    yield f"Rows: {found.rows:,} in {found.tables} tables compared with the log"
    yield f"Issued files: {found.contents}, their bytes compared with their digests"
    yield f"Notes of the loader on the data files: {found.notes:,}, compared with the log"
    yield from _redactions_told(found)
    for jump in found.jumps:
        way = "after" if jump.after > jump.before else "before"
        yield (
            f"The clock jumped: event {jump.seq} was recorded at {jump.after:%Y-%m-%d}, {jump.days:,} days {way} the"
            " event before it"
        )


def _redactions_told(found: Verification) -> Iterator[str]:
    """What was redacted, by whom, when and why. The issued files that one write emptied are told together."""
    for (_, table), group in groupby(found.redactions, key=lambda one: (one.write, one.table)):
        made = list(group)
        if table == CONTENT:
            what = f"the kept bytes of {len(made)} issued file{'' if len(made) == 1 else 's'}"
            yield _redaction_told(made[0], f"{made[0].id} to {made[-1].id}" if len(made) > 1 else f"{made[0].id}", what)
            continue
        for one in made:
            events = ", ".join(map(str, one.events))
            yield _redaction_told(
                one, f"{one.id}", f"{', '.join(one.fields)} of {one.table} {one.row}; events {events}"
            )


def _redaction_told(redaction: RedactionView, number: str, what: str) -> str:
    return one_line(f"Redaction {number} {redaction.by_whom}: {what}. Reason: {redaction.reason}")


def problems_told(found: Verification) -> Iterator[tuple[str, tuple[Problem, ...], int]]:
    """Kind by kind: what is wrong, the first problems of the kind, and how many more there are."""
    for kind, count in found.counts.items():
        own = _of(found, kind)
        yield f"{kind.value}: {MEANINGS[kind]}", own, count - len(own)


def _of(found: Verification, kind: ProblemKind) -> tuple[Problem, ...]:
    return tuple(problem for problem in found.problems if problem.kind is kind)
