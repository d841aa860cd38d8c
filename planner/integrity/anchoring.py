"""The log held against checkpoints that were kept outside the database: how much of it they commit to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.integrity.chain import Chain
from planner.integrity.checkpoints import KeptCheckpoint
from planner.integrity.keys import PublicKey
from planner.integrity.merkle import EMPTY_ROOT
from planner.integrity.problems import ProblemKind, Problems


class Signed(StrEnum):
    """What is known of the signature on a checkpoint."""

    NOT_CHECKED = "not_checked"
    UNSIGNED = "unsigned"
    VERIFIED = "verified"
    WRONG = "wrong"
    ABSENT = "absent"


@dataclass(frozen=True)
class CheckedCheckpoint:
    """A checkpoint, its signature, and whether the log still begins with what it was made of."""

    where: str
    origin: str
    size: int
    signed: Signed
    holds: bool


@dataclass(frozen=True)
class Anchors:
    """The events by what vouches for them. `anchored_to` is the last event that a checkpoint commits to.

    Of `redacted` ones the leaf is vouched for in the same way, and not the bytes: they are counted apart.
    """

    checkpoints: tuple[CheckedCheckpoint, ...]
    anchored_to: int
    anchored: int
    chained: int
    redacted: int
    not_verifiable: int


def usable_sizes(kept: Sequence[KeptCheckpoint]) -> Collection[int]:
    """The sizes at which the root of the log has to be known."""
    return {one.checkpoint.size for one in kept}


def check_checkpoints(
    chain: Chain, origin: str, kept: Sequence[KeptCheckpoint], key: PublicKey | None, problems: Problems
) -> Anchors:
    """Hold a log against checkpoints; with a public key only those count that it signed. Raises MissingLibraryError."""
    checked = tuple(_checked(chain, origin, one, key, problems) for one in kept)
    sizes = [one.size for one in checked if one.holds]
    anchored_to = max(sizes, default=0)
    anchored = anchored_to - chain.unsound_by.get(anchored_to, 0) - chain.redacted_by.get(anchored_to, 0)
    # Where one fails, nobody can say which of the events after the last that holds were changed.
    contradicted = any(not one.holds and one.signed not in _SIGNATURES for one in checked)
    unsound_after = chain.unsound - chain.unsound_by.get(anchored_to, 0)
    redacted_after = chain.redacted - chain.redacted_by.get(anchored_to, 0)
    chained = 0 if contradicted else chain.events - anchored_to - unsound_after - redacted_after
    redacted = chain.redacted_by.get(anchored_to, 0) if contradicted else chain.redacted
    rest = chain.events - anchored - chained - redacted
    return Anchors(checked, anchored_to, anchored, chained, redacted, rest)


def _checked(
    chain: Chain, origin: str, one: KeptCheckpoint, key: PublicKey | None, problems: Problems
) -> CheckedCheckpoint:
    checkpoint, signed = one.checkpoint, _signature(one, key)
    trouble = _SIGNATURES.get(signed) or _trouble(chain, origin, one)
    if trouble:
        problems.add(ProblemKind.CHECKPOINT, one.where, trouble)
    return CheckedCheckpoint(one.where, checkpoint.origin, checkpoint.size, signed, trouble is None)


_SIGNATURES = {
    Signed.WRONG: "its signature is not the key's: the note was changed or forged, so it was not used",
    Signed.ABSENT: "it bears no signature of the key, so it was not used",
}


def _signature(one: KeptCheckpoint, key: PublicKey | None) -> Signed:
    if key is None:
        return Signed.NOT_CHECKED if one.note.signatures else Signed.UNSIGNED
    holds = one.note.signed_by(key)
    if holds is None:
        return Signed.ABSENT
    return Signed.VERIFIED if holds else Signed.WRONG


def _trouble(chain: Chain, origin: str, one: KeptCheckpoint) -> str | None:
    """Why the log does not go with a checkpoint; None where it does."""
    checkpoint = one.checkpoint
    if checkpoint.origin != origin:
        return (
            f"it was made of another log ({checkpoint.origin}), or the first event of this one ({origin}) was changed"
        )
    if checkpoint.size > chain.events:
        return (
            f"it commits to {checkpoint.size} events and the log has {chain.events}:"
            f" {checkpoint.size - chain.events} were cut off"
        )
    root = chain.roots[checkpoint.size] if checkpoint.size else EMPTY_ROOT
    if root != checkpoint.root:
        return f"the first {checkpoint.size} events are not those it was made of: some were rewritten, with new hashes"
    return None
