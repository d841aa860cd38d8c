"""Put the result of a verification into words.

The words always name what no checkpoint proves. They never just say "OK".
"""

from collections.abc import Iterator
from itertools import groupby

from planner.base.visible_text import one_line
from planner.integrity.anchoring import CheckedCheckpoint, Signed
from planner.integrity.problems import MEANINGS, Problem, ProblemKind
from planner.integrity.verifying import Verdict, Verification
from planner.queries.history.redactions import RedactionView
from planner.store.models import CONTENT


def verdict_words(found: Verification) -> str:
    """Return the verdict in one or two sentences."""
    if found.verdict is Verdict.BROKEN:
        return "Broken: the history does not stand as it was recorded."
    if found.verdict is Verdict.CHAINED:
        return "Consistent in itself and not anchored: no checkpoint vouches for it. See what was not checked."
    return f"Consistent with the checkpoint, which commits to {found.anchored:,} of {found.events:,} events."


def numbers(found: Verification) -> tuple[tuple[int, str], ...]:
    """Return the counts of events, each with a label."""
    return (
        (found.anchored, "anchored by a checkpoint"),
        (found.chained, "chained only"),
        *(((found.redacted, "redacted: the hash stands, the text is gone"),) if found.redactions else ()),
        (found.not_verifiable, "not verifiable"),
    )


def checkpoint_line(one: CheckedCheckpoint) -> str:
    """Say whether a checkpoint holds, and what is known about its signature."""
    holds = "holds" if one.holds else "does not hold"
    signed = "not signed" if one.signed is Signed.UNSIGNED else f"signature {one.signed.value.replace('_', ' ')}"
    return f"Checkpoint {one.where} of {one.size:,} events: {holds}; {signed}"


def check_lines(found: Verification) -> Iterator[str]:
    """Yield a line for each of the other checks, each redaction and each jump of the clock."""
    yield f"Guards: {found.guards} of {found.guards_set} stand as the program set them"
    yield f"Rows: {found.rows:,} in {found.tables} tables compared with the log"
    yield f"Issued files: {found.contents}, their bytes compared with their digests"
    yield f"Notes of the loader on the data files: {found.notes:,}, compared with the log"
    yield from _redaction_lines(found)
    for jump in found.jumps:
        way = "after" if jump.after > jump.before else "before"
        yield (
            f"The clock jumped: event {jump.seq} was recorded at {jump.after:%Y-%m-%d}, {jump.days:,} days {way} the"
            " event before it"
        )


def _redaction_lines(found: Verification) -> Iterator[str]:
    """Yield a line for each redaction: what was redacted, by whom, when and why.

    Issued files redacted by the same write share one line.
    """
    for (_, table), group in groupby(found.redactions, key=lambda one: (one.write, one.table)):
        made = list(group)
        if table == CONTENT:
            what = f"the kept bytes of {len(made)} issued file{'' if len(made) == 1 else 's'}"
            yield _redaction_line(made[0], f"{made[0].id} to {made[-1].id}" if len(made) > 1 else f"{made[0].id}", what)
            continue
        for one in made:
            events = ", ".join(map(str, one.events))
            yield _redaction_line(
                one, f"{one.id}", f"{', '.join(one.fields)} of {one.table} {one.row}; events {events}"
            )


def _redaction_line(redaction: RedactionView, number: str, what: str) -> str:
    return one_line(f"Redaction {number} {redaction.by_whom}: {what}. Reason: {redaction.reason}")


def problem_groups(found: Verification) -> Iterator[tuple[str, tuple[Problem, ...], int]]:
    """Yield, for each kind of problem: its title, the first problems, and the number of further ones."""
    for kind, count in found.counts.items():
        own = _of(found, kind)
        yield f"{kind.value}: {MEANINGS[kind]}", own, count - len(own)


def _of(found: Verification, kind: ProblemKind) -> tuple[Problem, ...]:
    return tuple(problem for problem in found.problems if problem.kind is kind)
