"""Verifying a register's history as a whole: what was checked, what is wrong, what was not checked. Never writes."""

import base64
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.db.schema import keep_to_own_schema
from planner.errors import BrokenHistoryError
from planner.integrity.anchoring import Anchors, CheckedCheckpoint, Signed, check_checkpoints, usable_sizes
from planner.integrity.attempts import attempt
from planner.integrity.chain import Chain, read_chain
from planner.integrity.checkpoints import Checkpoint, KeptCheckpoint, origin_of
from planner.integrity.contents import check_contents
from planner.integrity.guards import check_guards, guards
from planner.integrity.keys import PublicKey
from planner.integrity.problems import Problem, ProblemKind, Problems
from planner.integrity.redactions import Redactions, logged_redactions
from planner.integrity.replay import Replayed, replay
from planner.integrity.schema import check_schema
from planner.integrity.seeds import check_seeded
from planner.integrity.storage import check_storage, distrust_indexes
from planner.models import AuditEvent, Installation
from planner.numbers import counted
from planner.progress import Step
from planner.queries.redactions import RedactionView
from planner.rules.clock import ClockJump
from planner.vocabulary import InstallationKind


class Verdict(StrEnum):
    """What verification comes to. Nothing is called in order that no checkpoint anchors."""

    ANCHORED = "anchored"
    CHAINED = "chained"
    BROKEN = "broken"


@dataclass(frozen=True)
class Verification:
    """What verification found.

    `anchored`, `chained`, `redacted` and `not_verifiable` count the events that a checkpoint commits to, those that
    only each next one commits to, those that lost text by one of the `redactions`, and those of which something is
    wrong or cannot be told; together they are all `events`. `guards` stand of `guards_set`. `partly` rows have columns
    that the log says nothing of. `notes` of the loader on the data files were compared with the log. Of each kind
    `counts` has them all, `problems` the first few. `jumps` are the first places where the clock jumped.
    """

    verdict: Verdict
    origin: str
    events: int
    root: str
    anchored: int
    chained: int
    redacted: int
    not_verifiable: int
    checkpoints: tuple[CheckedCheckpoint, ...]
    guards: int
    guards_set: int
    rows: int
    tables: int
    partly: int
    contents: int
    notes: int
    redactions: tuple[RedactionView, ...]
    problems: tuple[Problem, ...]
    counts: dict[ProblemKind, int]
    jumps: tuple[ClockJump, ...]
    not_checked: tuple[str, ...]


def verify(
    session: Session, step: Step, kept: Sequence[KeptCheckpoint] = (), key: PublicKey | None = None
) -> Verification:
    """Check the history: the database, the log by itself and against checkpoints, the guards, all rows against the log.

    What cannot be read is a problem, and the rest is checked all the same.

    Where a public key is given, only checkpoints that bear its signature count. Raises MissingLibraryError where
    signatures cannot be checked.
    """
    problems = Problems()
    connection = session.connection()
    keep_to_own_schema(connection)
    attempt(session, problems, "the schema", lambda met: check_schema(session, met))
    attempt(session, problems, "the database", lambda met: check_storage(session, met))
    by_index = not problems.kept
    if not by_index:
        distrust_indexes(session)
    log = _read_log(session, problems, step, usable_sizes(kept))
    chain, redactions = log.chain, log.redactions
    kind = attempt(session, problems, "table installation", lambda _: _kind(session))
    origin = origin_of(kind or InstallationKind.REGISTER.value, chain.first_leaf or b"")
    anchors = check_checkpoints(chain, origin, kept, key, problems)
    replayed = replay(session, problems, step, chain.about, by_index=by_index)
    contents = attempt(session, problems, "issued files", lambda met: check_contents(session, met, redactions)) or 0
    notes = attempt(session, problems, "table seeded_row", lambda met: check_seeded(session, met)) or 0
    return Verification(
        verdict=_verdict(problems, anchors),
        origin=origin,
        events=chain.events,
        root=_in_base64(chain.tree.root()),
        anchored=anchors.anchored,
        chained=anchors.chained,
        redacted=anchors.redacted,
        not_verifiable=anchors.not_verifiable,
        checkpoints=anchors.checkpoints,
        guards=log.guards,
        guards_set=len(guards(connection.dialect.name)),
        rows=replayed.rows,
        tables=replayed.tables,
        partly=replayed.partly,
        contents=contents,
        notes=notes,
        redactions=tuple(redactions.made.values()),
        problems=tuple(problems.kept),
        counts=dict(problems.counts),
        jumps=tuple(chain.jumps),
        not_checked=tuple(_not_checked(chain, anchors, replayed, redactions, key)),
    )


@dataclass(frozen=True)
class _Log:
    """What reading the log gave: how many of its guards stand, its redactions, and the chain as far as it was read."""

    guards: int
    redactions: Redactions
    chain: Chain


def _read_log(session: Session, problems: Problems, step: Step, sizes: Collection[int]) -> _Log:
    """Check the guards and read the log, or as much of it as can be read."""
    standing = attempt(session, problems, "the guards", lambda met: check_guards(session, met)) or 0
    redactions = (
        attempt(session, problems, "the redactions", lambda met: logged_redactions(session, met)) or Redactions()
    )
    read = [Chain()]

    def part(met: Problems) -> None:
        read.append(Chain())
        read_chain(session, met, step, redactions, sizes, read[-1])

    attempt(session, problems, "the log", part)
    return _Log(standing, redactions, read[-1])


def make_checkpoint(session: Session, step: Step) -> Checkpoint:
    """The checkpoint of the log as it stands.

    Raises BrokenHistoryError for a log that is not sound in itself, and where the schema or the guards are not as the
    program set them: then the log may be another than the one that is read. The rows are left to `verify`.
    """
    problems = Problems()
    keep_to_own_schema(session.connection())
    attempt(session, problems, "the schema", lambda met: check_schema(session, met))
    chain = _read_log(session, problems, step, ()).chain
    if problems.kept:
        first = problems.kept[0]
        raise BrokenHistoryError(
            f"the register is not sound, so no checkpoint is made of it: {first.what}",
            where=first.where,
            do="Run 'planner verify' to see all that is wrong",
        )
    return Checkpoint(origin_of(_kind(session), chain.first_leaf or b""), chain.events, chain.tree.root())


def read_origin(session: Session) -> str:
    """Whose log it is, as its checkpoints say."""
    first = session.execute(select(AuditEvent.leaf).order_by(AuditEvent.seq).limit(1)).scalar_one_or_none()
    return origin_of(_kind(session), first or b"")


def _kind(session: Session) -> str:
    kind = session.execute(select(Installation.kind).where(Installation.id == 1)).scalar_one_or_none()
    return kind or InstallationKind.REGISTER.value


def _verdict(problems: Problems, anchors: Anchors) -> Verdict:
    if problems.kept:
        return Verdict.BROKEN
    return Verdict.ANCHORED if anchors.anchored else Verdict.CHAINED


def _in_base64(root: bytes) -> str:
    return base64.b64encode(root).decode()


def _not_checked(
    chain: Chain, anchors: Anchors, replayed: Replayed, redactions: Redactions, key: PublicKey | None
) -> Sequence[str]:
    """What nobody may read out of a verification, in sentences."""
    told = [_unanchored(chain, anchors)]
    if anchors.anchored and key is None:
        unsigned = all(one.signed is Signed.UNSIGNED for one in anchors.checkpoints if one.holds)
        why = "it is not signed" if unsigned else "no public key was given, so its signature was not checked"
        told.append(f"Who made the checkpoint: {why}. It proves no more than the place where it was kept.")
    if replayed.partly:
        rows = counted(replayed.partly, "row")
        told.append(
            f"Columns that came with a later version of the program, in {rows}:"
            " the log says nothing of them until the row is edited."
        )
    told += _unproven_redactions(redactions, anchors)
    return [
        *told,
        "Whether the guards stood all the time: that they stand now was checked.",
        "Whether what people recorded is true, and whether who wrote was who they said.",
    ]


def _unproven_redactions(redactions: Redactions, anchors: Anchors) -> Iterator[str]:
    """What redactions leave open."""
    if not redactions.made:
        return
    yield (
        "What the redacted texts said, and whether anything else was changed in the bytes of these events: the leaves"
        " are those of the bytes as they were."
    )
    late = [str(one.id) for one in redactions.made.values() if one.seq > anchors.anchored_to]
    if anchors.anchored and late:
        listed = ", ".join(late)
        yield f"Redactions that came after the checkpoint ({listed}): it does not commit to what they put there."


def _unanchored(chain: Chain, anchors: Anchors) -> str:
    """What could have been done to the log without being seen."""
    if not anchors.anchored:
        given = "none of the checkpoints holds" if anchors.checkpoints else "no checkpoint was given"
        return (
            "Whether events were cut off at the end, and whether the log was rewritten with new hashes throughout:"
            f" {given}."
        )
    last = anchors.anchored_to
    if last == chain.events:
        return f"Whether events after {last} were cut off: the checkpoint was made when there were as many as now."
    return (
        f"Whether events after {last} were cut off or rewritten with new hashes:"
        " they came after the checkpoint. A new one would anchor them."
    )
