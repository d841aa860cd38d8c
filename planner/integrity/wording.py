"""Put the result of a verification into words.

The words always state what no checkpoint proves, so they are never just "OK".
"""

from collections.abc import Iterator
from itertools import groupby

from planner.base.language import later, tr, tr_count, tr_later
from planner.base.visible_text import one_line
from planner.integrity.anchoring import CheckedCheckpoint, Signed
from planner.integrity.problems import MEANINGS, Problem, ProblemKind
from planner.integrity.verifying import Verdict, Verification
from planner.queries.history.redactions import RedactionView
from planner.store.models import CONTENT

_SIGNATURES = {
    Signed.VERIFIED: later("signature verified"),
    Signed.NOT_CHECKED: later("signature not checked"),
    Signed.WRONG: later("signature wrong"),
    Signed.ABSENT: later("not signed with this key"),
    Signed.UNSIGNED: later("not signed"),
}


def verdict_words(found: Verification) -> str:
    """Return the verdict in one or two sentences."""
    if found.verdict is Verdict.BROKEN:
        return tr("Broken: the history differs from what was recorded.")
    if found.verdict is Verdict.UNUSABLE:
        return tr(
            "Not verified: a checkpoint cannot be used (another key, or a damaged file). The log by itself is "
            "consistent."
        )
    if found.verdict is Verdict.CHAINED:
        return tr("Consistent, but not anchored: no checkpoint confirms the log. See what was not checked.")
    return tr(
        "Consistent with the checkpoint, which commits to {anchored:,} of {events:,} events.",
        anchored=found.anchored,
        events=found.events,
    )


def numbers(found: Verification) -> tuple[tuple[int, str], ...]:
    """Return the counts of events, each with a label."""
    return (
        (found.anchored, tr("anchored by a checkpoint")),
        (found.chained, tr("chained only: no checkpoint covers them")),
        *(((found.redacted, tr("redacted: the hash remains, the text was removed")),) if found.redactions else ()),
        (found.not_verifiable, tr("not verifiable")),
    )


def checkpoint_line(one: CheckedCheckpoint) -> str:
    """Return a line that states whether a checkpoint holds, and what is known about its signature."""
    return tr(
        "Checkpoint {place} of {size:,} events: {result}; {signature}",
        place=one.where,
        size=one.size,
        result=tr("valid") if one.holds else tr("not valid"),
        signature=tr_later(_SIGNATURES[one.signed]),
    )


def check_lines(found: Verification) -> Iterator[str]:
    """Yield a line for each of the other checks, each redaction and each jump of the clock."""
    yield tr(
        "Guards (triggers): {count} of {total} as planner created them", count=found.guards, total=found.guards_set
    )
    yield tr("Rows: {rows:,} in {tables} tables compared with the log", rows=found.rows, tables=found.tables)
    yield tr("Issued files compared with their digests: {number}", number=found.contents)
    yield tr("Notes of loaded rows compared with the log: {number:,}", number=found.notes)
    yield tr("Fingerprints computed from the words: {number:,}", number=found.fingerprints)
    yield from _redaction_lines(found)
    for jump in found.jumps:
        yield (
            tr(
                "The clock jumped forward: event {seq} was recorded at {day}, {days:,} days after the previous event",
                seq=jump.seq,
                day=f"{jump.after:%Y-%m-%d}",
                days=jump.days,
            )
            if jump.after > jump.before
            else tr(
                "The clock jumped back: event {seq} was recorded at {day}, {days:,} days before the previous event",
                seq=jump.seq,
                day=f"{jump.after:%Y-%m-%d}",
                days=jump.days,
            )
        )


def _redaction_lines(found: Verification) -> Iterator[str]:
    """Yield a line for each redaction: what was redacted, by whom, when and why.

    Issued files redacted by the same write share one line.
    """
    for (_, table), group in groupby(found.redactions, key=lambda one: (one.write, one.table)):
        made = list(group)
        if table == CONTENT:
            what = tr_count(
                "the stored bytes of {count} issued file", "the stored bytes of {count} issued files", len(made)
            )
            yield _redaction_line(
                made[0],
                tr("{first} to {last}", first=made[0].id, last=made[-1].id) if len(made) > 1 else f"{made[0].id}",
                what,
            )
            continue
        for one in made:
            events = ", ".join(map(str, one.events))
            yield _redaction_line(
                one,
                f"{one.id}",
                tr(
                    "{fields} of {table} {row}, in events {events}",
                    fields=", ".join(one.fields),
                    table=one.table,
                    row=one.row,
                    events=events,
                ),
            )


def _redaction_line(redaction: RedactionView, number: str, what: str) -> str:
    return one_line(
        tr(
            "Redaction {number} {by_whom}: {what}. Reason: {reason}",
            number=number,
            by_whom=redaction.by_whom,
            what=what,
            reason=redaction.reason,
        )
    )


def problem_groups(found: Verification) -> Iterator[tuple[str, tuple[Problem, ...], int]]:
    """Yield, for each kind of problem: its title, the first problems, and the number of further ones."""
    for kind, count in found.counts.items():
        own = _of(found, kind)
        yield f"{kind.value}: {tr_later(MEANINGS[kind])}", own, count - len(own)


def _of(found: Verification, kind: ProblemKind) -> tuple[Problem, ...]:
    return tuple(problem for problem in found.problems if problem.kind is kind)
