"""The terminal's driver with a prompt escape key.

An escape key and the beginning of another key's sequence are the same byte; which it was shows in what follows, or does
not. Textual's driver looks ten times a second whether anything followed, so that going back waits 100 ms and more. This
one looks as soon as the time is over that Textual itself allows for it (ESCDELAY, see planner.cli.tui).
"""

import os
import selectors
import signal
from codecs import getincrementaldecoder
from contextlib import suppress

from textual import constants
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.signals import end

# How often it is looked whether the app is over, in seconds.
TICK = 0.1
# A little more than the time allowed, so that it is certainly over then.
LEEWAY = 0.002
ESCAPE = "\x1b"
READ = 4_096


class PromptDriver(LinuxDriver):
    """Textual's own but for the thread that reads keys."""

    def run_input_thread(self) -> None:
        """Read until the app is over."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        wait = TICK
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                came = self._read() if selector.select(wait) else None
                if came == b"":
                    self._loop.call_soon_threadsafe(end, self._app, signal.SIGHUP)
                    return
                read = decode(came) if came else ""
                for event in (*(parser.feed(read) if read else ()), *parser.tick()):
                    self.process_message(event)
                wait = constants.ESCAPE_DELAY + LEEWAY if read.endswith(ESCAPE) else TICK
        with suppress(EOFError, ParseError):
            list(parser.feed(""))

    def _read(self) -> bytes:
        """What was typed; nothing where the terminal is gone."""
        try:
            return os.read(self.fileno, READ)
        except OSError:
            return b""

    def write(self, data: str) -> None:
        """Show something, unless the terminal is gone: nobody takes from the queue then, and it would fill up."""
        if self._writer_thread is None or self._writer_thread.is_alive():
            super().write(data)
