"""What a pack's history is proven against: a checkpoint of the log, kept, newly signed or unsigned; and the proofs."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.errors import BadValueError, BrokenHistoryError
from planner.integrity.chain import PORTION
from planner.integrity.checkpoints import Checkpoint, KeptCheckpoint
from planner.integrity.keys import PrivateKey, PublicKey
from planner.integrity.merkle import inclusion_proofs
from planner.integrity.notes import Note, sign
from planner.integrity.verifying import Verification, read_origin, verify
from planner.models import AuditEvent
from planner.progress import Step


@dataclass(frozen=True)
class Anchoring:
    """What somebody wants the history to be proven against.

    A checkpoint that was `kept`, with the public key whose signature is on it where they have that; else one that is
    made now and signed with `key`; else one that nobody signs. The `key` also signs the pack itself.
    """

    kept: KeptCheckpoint | None = None
    public_key: PublicKey | None = None
    key: PrivateKey | None = None

    @property
    def checking_key(self) -> PublicKey | None:
        """The key that the pack is checked with, if it is known."""
        return self.public_key or (self.key.public if self.key else None)


@dataclass(frozen=True)
class Anchor:
    """A checkpoint of this log; its note, which nobody may have signed; the key that signed it, if known.

    `events` is how many the log had when the pack was made. `proofs` holds, by number, the inclusion proofs of events
    that the checkpoint commits to.
    """

    checkpoint: Checkpoint
    note: Note
    key: PublicKey | None
    events: int
    proofs: Mapping[int, list[bytes]]

    @property
    def size(self) -> int:
        """How many events, from the first, the checkpoint commits to."""
        return self.checkpoint.size

    @property
    def signed(self) -> bool:
        """Whether anybody signed the checkpoint."""
        return bool(self.note.signatures)


def check_wanted(session: Session, wanted: Anchoring) -> None:
    """Raise BadValueError for a checkpoint or a key that is not of this log, or where one did not sign the other."""
    if wanted.public_key and wanted.key and wanted.public_key != wanted.key.public:
        raise BadValueError(
            "it is not the public half of the key that signs the pack",
            where="public key",
            do="Leave it out: the pack takes it from the key that signs",
        )
    origin = read_origin(session)
    if wanted.kept is not None:
        _check_kept(wanted.kept, wanted.checking_key, origin)
    if wanted.key is not None:
        wanted.key.require_made_for(origin)


def _check_kept(kept: KeptCheckpoint, key: PublicKey | None, origin: str) -> None:
    if kept.checkpoint.origin != origin:
        raise BadValueError(
            f"this checkpoint was made of {kept.checkpoint.origin}, and this log is {origin}",
            where=kept.where,
            do="Name a checkpoint of this register",
        )
    if key is not None and not kept.note.signed_by(key):
        raise BadValueError(
            f"the key {key.text} did not sign this checkpoint",
            where=kept.where,
            do="Name the public key that goes with it",
        )


def anchor(session: Session, wanted: Anchoring, seqs: Iterable[int], step: Step) -> Anchor:
    """The checkpoint, and what proves that events are in the log it commits to.

    The history is verified first. Raises BrokenHistoryError where it does not stand as it was recorded, or not as the
    kept checkpoint says, MissingLibraryError where signing needs a library.
    """
    found = verify(session, step, [wanted.kept] if wanted.kept else [])
    _require_sound(found)
    whole = Checkpoint(found.origin, found.events, base64.b64decode(found.root))
    checkpoint = wanted.kept.checkpoint if wanted.kept else whole
    root, proofs = inclusion_proofs(
        _leaves(session, checkpoint.size), {seq - 1 for seq in seqs if seq <= checkpoint.size}
    )
    if root != checkpoint.root:
        raise BrokenHistoryError("the log changed while it was read", do="Try again")
    note, key = _note(checkpoint, wanted)
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
            f"the history does not stand as it was recorded, so no evidence is made of it: {first.what}",
            where=first.where,
            do="Run 'planner verify' to see all that is wrong",
        )


def _leaves(session: Session, size: int) -> Iterator[bytes]:
    """The leaves of the first events, which were found to be those of their bytes."""
    statement = select(AuditEvent.leaf).where(AuditEvent.seq <= size).order_by(AuditEvent.seq)
    for part in session.execute(statement, execution_options={"yield_per": PORTION}).partitions():
        yield from (leaf for (leaf,) in part)


def _note(checkpoint: Checkpoint, wanted: Anchoring) -> tuple[Note, PublicKey | None]:
    if wanted.kept is not None:
        return wanted.kept.note, wanted.checking_key
    if wanted.key is not None:
        return sign(checkpoint.text, wanted.key), wanted.key.public
    return Note(checkpoint.text, ()), None
