"""A terminal driver that recognises the escape key without a noticeable delay.

The escape key sends the same byte that begins the sequences of other keys. It is recognised because nothing follows the
byte. Textual's driver checks this ten times a second, so that going back takes 100 ms or more. This driver checks as
soon as Textual's own waiting time (ESCDELAY, see planner.cli.setup.app) is over.
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

# Seconds between two checks whether the app has ended.
TICK = 0.1
# Seconds added to the waiting time, so that it has certainly passed when the driver checks.
LEEWAY = 0.002
ESCAPE = "\x1b"
READ = 4_096


class PromptDriver(LinuxDriver):
    """Textual's LinuxDriver with a different thread for reading keys."""

    def run_input_thread(self) -> None:
        """Read keys until the app ends."""
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
                # docs/decisions/0093: Textual would look only after up to 100 ms.
                wait = constants.ESCAPE_DELAY + LEEWAY if read.endswith(ESCAPE) else TICK
        with suppress(EOFError, ParseError):
            list(parser.feed(""))

    def _read(self) -> bytes:
        """Return the bytes that were typed, or no bytes if the terminal is gone."""
        try:
            return os.read(self.fileno, READ)
        except OSError:
            return b""

    def write(self, data: str) -> None:
        """Write to the terminal, unless it is gone.

        When the terminal is gone, no thread empties the queue, and writing would block once the queue is full.
        """
        if self._writer_thread is None or self._writer_thread.is_alive():
            super().write(data)
