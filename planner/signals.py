"""Signals that ask the program to end. Each is raised as an exception, so that everything under way is cleaned up."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# By convention a program that a signal ended exits with this number and the signal's.
BASE = 128

# Seconds after which a signal is heeded at the latest while a line is read.
MOMENT = 0.1

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
    for other in (*ENDING, signal.SIGINT):
        signal.signal(other, signal.SIG_IGN)
    raise EndedBySignal(number)


@contextmanager
def heeded_while_reading() -> Iterator[None]:
    """Have signals heeded within a moment while a line is read that a person types.

    Python looks for signals before it waits for the line, and again once the wait is interrupted. A signal that comes
    in between would be heeded only after the line. So a timer interrupts the wait again and again, without any effect
    of its own.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda _number, _frame: None)
    signal.setitimer(signal.ITIMER_REAL, MOMENT, MOMENT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
