"""Signals that ask the program to end. Each is raised as an exception, so that everything under way is cleaned up."""

import signal
from types import FrameType

# By convention a program that a signal ended exits with this number and the signal's.
BASE = 128

# Not every system has all of them.
_NAMES = ("SIGTERM", "SIGHUP")
ENDING: tuple[signal.Signals, ...] = tuple(signal.Signals[name] for name in _NAMES if hasattr(signal, name))


class EndedBySignal(SystemExit):
    """The program was asked to end. Nobody should catch it before the edge, so it is no PlannerError."""

    def __init__(self, number: int) -> None:
        super().__init__(BASE + number)
        self.exit_code = BASE + number
        self.message = (
            f"Ended by {signal.Signals(number).name}. What was being written is stored whole or not at all; "
            "what was typed is kept as a draft."
        )


def raise_on_signals() -> None:
    """From now on a signal that asks the program to end raises EndedBySignal. One that is ignored stays ignored."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    # A second signal must not interrupt the cleaning up after the first.
    for other in ENDING:
        signal.signal(other, signal.SIG_IGN)
    raise EndedBySignal(number)
