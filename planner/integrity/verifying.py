"""Verify the whole history of a register: what was checked, what is wrong, and what was not checked. Never writes."""

import base64
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from planner.base.errors import BrokenHistoryError
from planner.base.language import tr, tr_count
from planner.base.progress import OnProgress
from planner.domain.rules.clock import ClockJump
from planner.domain.vocabulary import InstallationKind
from planner.integrity.anchoring import Anchors, CheckedCheckpoint, Signed, check_checkpoints, usable_sizes
from planner.integrity.attempts import attempt
from planner.integrity.chain import Chain
from planner.integrity.checkpoints import Checkpoint, KeptCheckpoint, origin_of
from planner.integrity.contents import check_contents
from planner.integrity.fingerprints import check_fingerprints
from planner.integrity.guards import check_guards, guards
from planner.integrity.helpers.helpers import Helpers
from planner.integrity.helpers.log_part import read_log
from planner.integrity.helpers.table_part import replay_log
from planner.integrity.keys import PublicKey
from planner.integrity.problems import Problem, ProblemKind, Problems
from planner.integrity.redactions import Redactions, logged_redactions
from planner.integrity.replay import Replayed
from planner.integrity.schema import check_schema
from planner.integrity.seeds import check_seeded
from planner.integrity.storage import check_storage, distrust_indexes
from planner.queries.history.redactions import RedactionView
from planner.store.models import AuditEvent, Installation
from planner.store.schema import restrict_search_path


class Verdict(StrEnum):
    """The overall result. A history that no checkpoint covers is at best `chained`.

    `unusable` means that the history by itself is consistent, but that a given checkpoint could not be used.
    """

    ANCHORED = "anchored"
    CHAINED = "chained"
    UNUSABLE = "unusable"
    BROKEN = "broken"


@dataclass(frozen=True)
class Verification:
    """The result of a verification.

    Every one of the `events` is counted once: `anchored` (a checkpoint commits to it), `chained` (only the next event
    commits to it), `redacted` (it lost text by one of the `redactions`), or `not_verifiable` (it is wrong or in
    doubt). `guards` counts the protective triggers found intact out of `guards_set`. `partly` counts rows with
    columns for which the log has no value. `notes` counts the loader's notes that were compared with the log, and
    `fingerprints` those that were computed from the words. `counts` holds the number of all problems by kind, and
    `problems` lists the first of each kind. `jumps` are the first places where the clock jumped.
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
    fingerprints: int
    redactions: tuple[RedactionView, ...]
    problems: tuple[Problem, ...]
    counts: dict[ProblemKind, int]
    jumps: tuple[ClockJump, ...]
    not_checked: tuple[str, ...]


def verify(
    session: Session,
    step: OnProgress,
    kept: Sequence[KeptCheckpoint] = (),
    key: PublicKey | None = None,
    helpers: Helpers | None = None,
) -> Verification:
    """Verify the history: database, log, checkpoints, triggers, and all rows against the log.

    A part that cannot be read becomes a problem, and the other parts are still checked. If a public key is given, only
    checkpoints signed with it count. If there are helpers, they check the log and the rows together with this process,
    unless the database itself has a problem. Raises MissingLibraryError if signatures cannot be checked.
    """
    problems = Problems()
    connection = session.connection()
    restrict_search_path(connection)
    attempt(session, problems, "the schema", lambda found: check_schema(session, found))
    attempt(session, problems, "the database", lambda found: check_storage(session, found))
    by_index = not problems.kept
    if not by_index:
        distrust_indexes(session)
        helpers = None
    log = _read_log(session, problems, step, usable_sizes(kept), helpers)
    chain, redactions = log.chain, log.redactions
    kind = attempt(session, problems, "table installation", lambda _: _kind(session))
    origin = origin_of(kind or InstallationKind.REGISTER.value, chain.first_leaf or b"")
    anchors = check_checkpoints(chain, origin, kept, key, problems)
    replayed = replay_log(session, problems, step, chain.about, helpers, by_index=by_index)
    contents = attempt(session, problems, "issued files", lambda found: check_contents(session, found, redactions)) or 0
    notes = attempt(session, problems, "table seeded_row", lambda found: check_seeded(session, found)) or 0
    fingerprints = None
    if not problems.of_history:
        # Words that differ from the log are reported by the replay. Their fingerprints would repeat that.
        fingerprints = attempt(session, problems, "fingerprints", lambda found: check_fingerprints(session, found)) or 0
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
        fingerprints=fingerprints or 0,
        redactions=tuple(redactions.made.values()),
        problems=tuple(problems.kept),
        counts=dict(problems.counts),
        jumps=tuple(chain.jumps),
        not_checked=tuple(_not_checked(chain, anchors, replayed, redactions, key)) + _unread(fingerprints),
    )


@dataclass(frozen=True)
class _Log:
    """The result of reading the log: intact triggers, redactions, and the chain as far as it could be read."""

    guards: int
    redactions: Redactions
    chain: Chain


def _read_log(
    session: Session, problems: Problems, step: OnProgress, sizes: Collection[int], helpers: Helpers | None = None
) -> _Log:
    """Check the triggers and read the log as far as it can be read."""
    standing = attempt(session, problems, "the guards", lambda found: check_guards(session, found)) or 0
    redactions = (
        attempt(session, problems, "the redactions", lambda found: logged_redactions(session, found)) or Redactions()
    )
    return _Log(standing, redactions, read_log(session, problems, step, redactions, sizes, helpers))


def make_checkpoint(session: Session, step: OnProgress) -> Checkpoint:
    """Return a checkpoint of the current log.

    Raises BrokenHistoryError if the log is faulty, or if the schema or the triggers are not as expected, because then
    the log that was read may not be the real one. The rows are not compared; `verify` does that.
    """
    problems = Problems()
    restrict_search_path(session.connection())
    attempt(session, problems, "the schema", lambda found: check_schema(session, found))
    chain = _read_log(session, problems, step, ()).chain
    if problems.kept:
        first = problems.kept[0]
        raise BrokenHistoryError(
            tr("the register has a problem, so no checkpoint was made: {what}", what=first.what),
            where=first.where,
            do=tr("Run 'planner verify' to see all problems"),
        )
    return Checkpoint(origin_of(_kind(session), chain.first_leaf or b""), chain.events, chain.tree.root())


def read_origin(session: Session) -> str:
    """Return the origin of the log: its name in checkpoints."""
    first = session.execute(select(AuditEvent.leaf).order_by(AuditEvent.seq).limit(1)).scalar_one_or_none()
    return origin_of(_kind(session), first or b"")


def _kind(session: Session) -> str:
    # Read the stored text unconverted: verification must not stop at a word that is not in the vocabulary.
    stored = type_coerce(Installation.kind, String())
    kind = session.execute(select(stored).where(Installation.id == 1)).scalar_one_or_none()
    return kind or InstallationKind.REGISTER.value


def _verdict(problems: Problems, anchors: Anchors) -> Verdict:
    if problems.of_history:
        return Verdict.BROKEN
    if problems.kept:
        return Verdict.UNUSABLE
    # docs/decisions/0067: a cut end leaves no trace in the database.
    return Verdict.ANCHORED if anchors.anchored else Verdict.CHAINED


def _in_base64(root: bytes) -> str:
    return base64.b64encode(root).decode()


def _not_checked(
    chain: Chain, anchors: Anchors, replayed: Replayed, redactions: Redactions, key: PublicKey | None
) -> Sequence[str]:
    """Return sentences on what a verification does not prove."""
    sentences = [_unanchored(chain, anchors)]
    if anchors.anchored and key is None:
        unsigned = all(one.signed is Signed.UNSIGNED for one in anchors.checkpoints if one.holds)
        sentences.append(
            tr("Who made the checkpoint: it is not signed. It is only as trustworthy as the place where it was kept.")
            if unsigned
            else tr(
                "Who made the checkpoint: no public key was given, so its signature was not checked. It is only as "
                "trustworthy as the place where it was kept."
            )
        )
    if replayed.partly:
        sentences.append(
            tr_count(
                "The columns that a later version of planner added to {count:,} row, because the log has no values "
                "for them until the row is edited.",
                "The columns that a later version of planner added to {count:,} rows, because the log has no values "
                "for them until the row is edited.",
                replayed.partly,
            )
        )
    sentences += _unproven_redactions(redactions, anchors)
    return [
        *sentences,
        tr("Whether the guards (triggers) were always in place: only their present state was checked."),
        tr("Whether what people recorded is true, and whether they recorded it under their own names."),
    ]


def _unread(fingerprints: int | None) -> tuple[str, ...]:
    if fingerprints is not None:
        return ()
    return (tr("The fingerprints of items, measures and clauses, because something else is wrong."),)


def _unproven_redactions(redactions: Redactions, anchors: Anchors) -> Iterator[str]:
    """Yield sentences on what redactions leave unproven."""
    if not redactions.made:
        return
    yield tr(
        "What the redacted texts said, and whether other bytes of these events were changed, because the hashes "
        "were computed from the original bytes."
    )
    late = [str(one.id) for one in redactions.made.values() if one.seq > anchors.anchored_to]
    if anchors.anchored and late:
        yield tr(
            "Redactions made after the checkpoint ({ids}): the checkpoint does not cover the bytes that they wrote.",
            ids=", ".join(late),
        )


def _unanchored(chain: Chain, anchors: Anchors) -> str:
    """Return a sentence on the changes to the log that this verification could not have noticed."""
    if not anchors.anchored:
        if anchors.checkpoints:
            return tr(
                "Whether events were cut off at the end, and whether the log was rewritten with new hashes "
                "throughout: no valid checkpoint was given."
            )
        return tr(
            "Whether events were cut off at the end, and whether the log was rewritten with new hashes throughout:"
            " no checkpoint was given."
        )
    last = anchors.anchored_to
    if last == chain.events:
        return tr(
            "Whether events after {last} were cut off: the checkpoint covers exactly the events that exist now.",
            last=last,
        )
    return tr(
        "Whether events after {last} were cut off or rewritten with new hashes: they came after the checkpoint. A "
        "new checkpoint would anchor them.",
        last=last,
    )
