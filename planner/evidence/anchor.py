"""Make inclusion proofs for the events in a pack, against a checkpoint that the user gave or a new one."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, BrokenHistoryError
from planner.base.language import tr
from planner.base.progress import OnProgress
from planner.integrity.chain import PORTION
from planner.integrity.checkpoints import Checkpoint, KeptCheckpoint
from planner.integrity.helpers.helpers import Helpers
from planner.integrity.keys import PrivateKey, PublicKey
from planner.integrity.merkle import inclusion_proofs
from planner.integrity.notes import Note, sign
from planner.integrity.verifying import Verification, read_origin, verify
from planner.store.models import AuditEvent


@dataclass(frozen=True)
class Anchoring:
    """The user's choice of a checkpoint for the proofs.

    If `kept` is given, it is the checkpoint to use, and `public_key` is the key that signed it, if known. Otherwise a
    new checkpoint is made. It is signed with `key`, or unsigned if there is no key. The `key` also signs the pack
    itself.
    """

    kept: KeptCheckpoint | None = None
    public_key: PublicKey | None = None
    key: PrivateKey | None = None

    @property
    def checking_key(self) -> PublicKey | None:
        """The public key that the pack is checked with, or None if it is not known."""
        return self.public_key or (self.key.public if self.key else None)


@dataclass(frozen=True)
class Anchor:
    """A checkpoint of the log, its note (signed or not), and the key that signed the note, if known.

    `events` is the size of the log when the pack was made. `proofs` holds the inclusion proofs by event number, for the
    events that the checkpoint commits to.
    """

    checkpoint: Checkpoint
    note: Note
    key: PublicKey | None
    events: int
    proofs: Mapping[int, list[bytes]]

    @property
    def size(self) -> int:
        """The number of events, counted from the first, that the checkpoint commits to."""
        return self.checkpoint.size

    @property
    def signed(self) -> bool:
        """Whether the checkpoint has a signature."""
        return bool(self.note.signatures)


def check_anchoring(session: Session, anchoring: Anchoring) -> None:
    """Raise BadValueError if the checkpoint or key is of another log, or the checkpoint is not signed with the key."""
    if anchoring.public_key and anchoring.key and anchoring.public_key != anchoring.key.public:
        raise BadValueError(
            tr("this public key does not belong to the private key that signs the pack"),
            where="public key",
            do=tr("Leave out the public key: planner derives it from the private key"),
        )
    origin = read_origin(session)
    if anchoring.kept is not None:
        _check_kept(anchoring.kept, anchoring.checking_key, origin)
    if anchoring.key is not None:
        anchoring.key.require_made_for(origin)


def _check_kept(kept: KeptCheckpoint, key: PublicKey | None, origin: str) -> None:
    if kept.checkpoint.origin != origin:
        raise BadValueError(
            tr(
                "this checkpoint belongs to the log {other}, but this log is {origin}",
                other=kept.checkpoint.origin,
                origin=origin,
            ),
            where=kept.where,
            do=tr("Give a checkpoint of this register"),
        )
    if key is not None and not kept.note.signed_by(key):
        raise BadValueError(
            tr("the key {key} did not sign this checkpoint", key=key.text),
            where=kept.where,
            do=tr("Give the public key of the checkpoint's signer"),
        )


def anchor(
    session: Session, anchoring: Anchoring, seqs: Iterable[int], step: OnProgress, helpers: Helpers | None = None
) -> Anchor:
    """Verify the history, then return the checkpoint with the proofs that the log contains the events in `seqs`.

    Raises BrokenHistoryError if the history was changed or does not agree with the kept checkpoint, and
    MissingLibraryError if signing needs a library that is not installed.
    """
    found = verify(session, step, [anchoring.kept] if anchoring.kept else [], None, helpers)
    _require_sound(found)
    whole = Checkpoint(found.origin, found.events, base64.b64decode(found.root))
    checkpoint = anchoring.kept.checkpoint if anchoring.kept else whole
    root, proofs = inclusion_proofs(
        _leaves(session, checkpoint.size), {seq - 1 for seq in seqs if seq <= checkpoint.size}
    )
    if root != checkpoint.root:
        raise BrokenHistoryError(tr("the log changed while it was read"), do=tr("Try again"))
    note, key = _note(checkpoint, anchoring)
    return Anchor(
        checkpoint=checkpoint,
        note=note,
        key=key,
        events=found.events,
        proofs={index + 1: proof for index, proof in proofs.items()},
    )


def _require_sound(found: Verification) -> None:
    if found.problems:
        first = found.problems[0]
        raise BrokenHistoryError(
            tr("the history differs from what was recorded, so no pack was made: {problem}", problem=first.what),
            where=first.where,
            do=tr("Run 'planner verify' to see all problems"),
        )


def _leaves(session: Session, size: int) -> Iterator[bytes]:
    """Yield the leaves of the first `size` events. The leaves were already checked against the events' bytes."""
    statement = select(AuditEvent.leaf).where(AuditEvent.seq <= size).order_by(AuditEvent.seq)
    for part in session.execute(statement, execution_options={"yield_per": PORTION}).partitions():
        yield from (leaf for (leaf,) in part)


def _note(checkpoint: Checkpoint, anchoring: Anchoring) -> tuple[Note, PublicKey | None]:
    if anchoring.kept is not None:
        return anchoring.kept.note, anchoring.checking_key
    if anchoring.key is not None:
        return sign(checkpoint.text, anchoring.key), anchoring.key.public
    return Note(checkpoint.text, ()), None
