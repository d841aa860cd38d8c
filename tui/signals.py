"""How the app ends when a signal asks for it, or when its terminal is gone: drafts first, then the terminal."""

import asyncio
import os
import signal
import threading
from typing import TYPE_CHECKING, Any

from planner.signals import BASE, ENDING
from tui.screens.page import Page

if TYPE_CHECKING:
    from textual.app import App

# Seconds that reads and writes under way get to finish. Then the process ends as if it were killed, which loses nothing
# that was recorded: a write is one transaction.
LONGEST_WAIT = 5.0


def heed_signals(app: "App[Any]") -> None:
    """End the app in order when a signal asks for it. One that is ignored stays ignored."""
    loop = asyncio.get_running_loop()
    for number in (*ENDING, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, end, app, number)


def end(app: "App[Any]", number: int) -> None:
    """Keep what was typed, restore the terminal, and exit with the signal's code."""
    code = BASE + number
    for screen in app.screen_stack:
        if isinstance(screen, Page):
            screen.keep_unsaved()
    app.exit(return_code=code)
    watchdog = threading.Timer(LONGEST_WAIT, os._exit, (code,))
    watchdog.daemon = True
    watchdog.start()
