"""Verifies the history as the command `planner verify` does. The user can cancel the check at any time."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.integrity.verifying import Verification
    from planner.register.reading import Reading
    from tui.data.door import Door

# The number of progress reports in the whole check.
PROGRESS_REPORTS = 200


@dataclass(frozen=True)
class CheckpointFiles:
    """External evidence for the log: the file of a checkpoint, and the public key that must have signed it.

    Both are as the user typed them. Without a file, the log is not compared with a checkpoint. Without a key, any
    signature is accepted.
    """

    file: str = ""
    key: str = ""


class _CancelledError(Exception):
    """The check was cancelled."""


def verify_history(
    reading: "Reading",
    anchor: CheckpointFiles,
    tell: Callable[[int, int], None],
    wanted: Callable[[], bool],
    door: "Door",
) -> "Verification | None":
    """Check the log itself, compare it with a checkpoint, and compare all rows with the log.

    Returns None if the check was cancelled, that is, if `wanted` returned False. `tell` receives the number of steps
    done and the total. Raises the same errors as `planner verify` if the file or the key is invalid.
    """
    from planner.integrity.chain import count_events
    from planner.integrity.checkpoints import read_checkpoint
    from planner.integrity.helpers.helpers import helping
    from planner.integrity.keys import public_key
    from planner.integrity.verifying import verify

    kept = [read_checkpoint(Path(anchor.file).expanduser())] if anchor.file else []
    key = public_key(anchor.key, "public key") if anchor.key else None
    # Each event is checked twice: in the chain, and against its row.
    events = count_events(reading.session)
    steps = _Progress(2 * events, tell, wanted)
    try:
        with helping(door.open().url, events) as helpers:
            return verify(reading.session, steps.step, kept, key, helpers)
    except _CancelledError:
        return None


class _Progress:
    """Counts the checked records and reports the progress from time to time."""

    def __init__(self, total: int, tell: Callable[[int, int], None], wanted: Callable[[], bool]) -> None:
        self._total = total
        self._tell = tell
        self._wanted = wanted
        self._seen = 0
        self._reported = 0

    def step(self, name: str, by: int = 1) -> None:
        """Add `by` checked records. Raises _CancelledError if the check was cancelled."""
        if not self._wanted():
            raise _CancelledError
        self._seen += by
        if self._seen - self._reported >= self._total / PROGRESS_REPORTS:
            self._reported = self._seen
            self._tell(min(self._seen, self._total), self._total)
