"""Turning signals that ask the program to end into exceptions, so that all cleanup code runs."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from planner.base.language import tr

# By convention, a program that was ended by a signal exits with this number plus the number of the signal.
BASE = 128

# The longest time, in seconds, until a signal is handled while a line is being read.
READING_DELAY = 0.1

# Some operating systems do not have all of these signals.
_NAMES = ("SIGTERM", "SIGHUP")
ENDING: tuple[signal.Signals, ...] = tuple(signal.Signals[name] for name in _NAMES if hasattr(signal, name))


class EndedBySignal(SystemExit):
    """A signal asked the program to end. Only the entry point may catch this exception, so it is not a PlannerError."""

    def __init__(self, number: int) -> None:
        super().__init__(BASE + number)
        self.exit_code = BASE + number
        self.message = tr(
            "Stopped by the signal {name}. A write in progress was recorded completely or not at"
            " all. Text that you typed and did not save is kept as a draft.",
            name=signal.Signals(number).name,
        )


def raise_on_signals() -> None:
    """Make signals that ask the program to end raise EndedBySignal. A signal that is ignored stays ignored."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    # A second signal must not interrupt the cleanup after the first.
    for other in (*ENDING, signal.SIGINT):
        signal.signal(other, signal.SIG_IGN)
    # docs/decisions/0040: the cleanup for errors also runs for signals.
    raise EndedBySignal(number)


@contextmanager
def prompt_signals_while_reading() -> Iterator[None]:
    """Make sure that signals are handled promptly while a line is being read from the user.

    Python checks for signals before it waits for input, and again when the wait is interrupted. A signal that arrives
    between the two would only be handled after the line. A repeating timer therefore interrupts the wait; it has no
    other effect.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda _number, _frame: None)
    signal.setitimer(signal.ITIMER_REAL, READING_DELAY, READING_DELAY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
