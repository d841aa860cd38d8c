"""Verifying the history, as `planner verify` does; it can be given up at any moment."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.integrity.verifying import Verification
    from tui.data.door import Door

# How often it is told how far it is: so many times from beginning to end.
TELLINGS = 200


@dataclass(frozen=True)
class Anchor:
    """What vouches for the log from outside: the file of a checkpoint, and the key that must have signed it.

    Both as typed: without a file the log is held against nothing, without a key any signature goes.
    """

    file: str = ""
    key: str = ""


class _GivenUpError(Exception):
    """Nobody waits for the answer any more."""


def verify_history(
    door: "Door", anchor: Anchor, tell: Callable[[int, int], None], wanted: Callable[[], bool]
) -> "Verification | None":
    """Check the log by itself, against a checkpoint, and all rows against it; None once it is not `wanted` any more.

    `tell` is told how many lines of how many were looked at. Raises what `planner verify` raises for a file or a key
    that is none.
    """
    from planner.integrity.chain import count_events
    from planner.integrity.checkpoints import read_checkpoint
    from planner.integrity.keys import public_key
    from planner.integrity.verifying import verify

    kept = [read_checkpoint(Path(anchor.file).expanduser())] if anchor.file else []
    key = public_key(anchor.key, "public key") if anchor.key else None
    with door.reading() as (session, _plan, _point):
        # Each event is looked at twice: in the chain, and with its row.
        steps = _Steps(2 * count_events(session), tell, wanted)
        try:
            return verify(session, steps.step, kept, key)
        except _GivenUpError:
            return None


class _Steps:
    """Counts what was looked at, and tells of it now and then."""

    def __init__(self, total: int, tell: Callable[[int, int], None], wanted: Callable[[], bool]) -> None:
        self._total = total
        self._tell = tell
        self._wanted = wanted
        self._seen = 0
        self._told = 0

    def step(self, name: str, by: int = 1) -> None:
        """So many more were looked at."""
        if not self._wanted():
            raise _GivenUpError
        self._seen += by
        if self._seen - self._told >= self._total / TELLINGS:
            self._told = self._seen
            self._tell(min(self._seen, self._total), self._total)
