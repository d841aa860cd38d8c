"""How the app ends on a signal or when its terminal is gone: it saves drafts, then restores the terminal."""

import asyncio
import os
import signal
import threading
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from planner.base.signals import BASE, ENDING

if TYPE_CHECKING:
    from textual.app import App

# Seconds that unfinished reads and writes have to complete. After that, the process is terminated. No recorded data is
# lost, because each write is one transaction.
LONGEST_WAIT = 5.0


@runtime_checkable
class KeepsUnsaved(Protocol):
    """A screen that may have unsaved input."""

    def keep_unsaved(self) -> None:
        """Save unsaved input as a draft."""


def heed_signals(app: "App[Any]") -> None:
    """End the app cleanly on a signal. A signal that the process already ignores is still ignored."""
    loop = asyncio.get_running_loop()
    for number in (*ENDING, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, end, app, number)


def end(app: "App[Any]", number: int) -> None:
    """Save unsaved input as drafts, restore the terminal, and exit with the exit code of the signal."""
    code = BASE + number
    for screen in app.screen_stack:
        if isinstance(screen, KeepsUnsaved):
            screen.keep_unsaved()
    app.exit(return_code=code)
    watchdog = threading.Timer(LONGEST_WAIT, os._exit, (code,))
    watchdog.daemon = True
    watchdog.start()
