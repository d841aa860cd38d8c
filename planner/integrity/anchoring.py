"""Compare the log with checkpoints kept outside the database, and count the events that checkpoints commit to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.base.language import later, tr, tr_later
from planner.integrity.chain import Chain
from planner.integrity.checkpoints import KeptCheckpoint
from planner.integrity.keys import PublicKey
from planner.integrity.merkle import EMPTY_ROOT
from planner.integrity.problems import ProblemKind, Problems


class Signed(StrEnum):
    """The state of the signature on a checkpoint."""

    NOT_CHECKED = "not_checked"
    UNSIGNED = "unsigned"
    VERIFIED = "verified"
    WRONG = "wrong"
    ABSENT = "absent"


@dataclass(frozen=True)
class CheckedCheckpoint:
    """The result of checking a checkpoint. `holds` is True if the log still begins with the checkpoint's events."""

    where: str
    origin: str
    size: int
    signed: Signed
    holds: bool


@dataclass(frozen=True)
class Anchors:
    """How many events each kind of proof covers.

    `anchored_to` is the number of the last event that a checkpoint commits to. `redacted` events are counted apart,
    because only their leaf is proven and not their bytes.
    """

    checkpoints: tuple[CheckedCheckpoint, ...]
    anchored_to: int
    anchored: int
    chained: int
    redacted: int
    not_verifiable: int


def usable_sizes(kept: Sequence[KeptCheckpoint]) -> Collection[int]:
    """Return the log sizes of the checkpoints. The root of the log is needed at each of these sizes."""
    return {one.checkpoint.size for one in kept}


def check_checkpoints(
    chain: Chain, origin: str, kept: Sequence[KeptCheckpoint], key: PublicKey | None, problems: Problems
) -> Anchors:
    """Check the log against checkpoints.

    If a public key is given, only checkpoints signed with this key count. Raises MissingLibraryError if signatures
    cannot be checked.
    """
    checked = tuple(_checked(chain, origin, one, key, problems) for one in kept)
    sizes = [one.size for one in checked if one.holds]
    anchored_to = max(sizes, default=0)
    anchored = anchored_to - chain.unsound_by.get(anchored_to, 0) - chain.redacted_by.get(anchored_to, 0)
    # If a checkpoint fails, any event after the last valid checkpoint may be changed, so all of them are in doubt.
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
    unusable = tr_later(_SIGNATURES.get(signed, ""))
    fault = unusable or _mismatch(chain, origin, one)
    if fault:
        problems.add(ProblemKind.UNUSABLE if unusable else ProblemKind.CHECKPOINT, one.where, fault)
    return CheckedCheckpoint(one.where, checkpoint.origin, checkpoint.size, signed, fault is None)


_SIGNATURES = {
    Signed.WRONG: later("the signature does not match: this file is damaged or was changed, so it was not used"),
    Signed.ABSENT: later("the checkpoint is not signed with this public key, so it was not used"),
}


def _signature(one: KeptCheckpoint, key: PublicKey | None) -> Signed:
    if key is None:
        return Signed.NOT_CHECKED if one.note.signatures else Signed.UNSIGNED
    holds = one.note.signed_by(key)
    if holds is None:
        return Signed.ABSENT
    return Signed.VERIFIED if holds else Signed.WRONG


def _mismatch(chain: Chain, origin: str, one: KeptCheckpoint) -> str | None:
    """Return why the log does not agree with a checkpoint, or None if it agrees."""
    checkpoint = one.checkpoint
    if checkpoint.origin != origin:
        return tr(
            "the checkpoint was made from another log ({other}), or the first event of this log ({origin}) was changed",
            other=checkpoint.origin,
            origin=origin,
        )
    if checkpoint.size > chain.events:
        return tr(
            "the checkpoint covers {size} events, but the log has only {events}: the last {missing} were cut off",
            size=checkpoint.size,
            events=chain.events,
            missing=checkpoint.size - chain.events,
        )
    root = chain.trees[checkpoint.size].root() if checkpoint.size else EMPTY_ROOT
    if root != checkpoint.root:
        return tr(
            "the first {size} events are not those that the checkpoint covers: some were rewritten, with new hashes",
            size=checkpoint.size,
        )
    return None
