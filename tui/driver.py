"""The terminal's driver with a prompt escape key.

An escape key and the beginning of another key's sequence are the same byte; which it was shows in what follows, or does
not. Textual's driver looks ten times a second whether anything followed, so that going back waits 100 ms and more. This
one looks as soon as the time is over that Textual itself allows for it (ESCDELAY, see planner.cli.tui).
"""

import os
import selectors
from codecs import getincrementaldecoder
from contextlib import suppress

from textual import constants
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

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
                read = decode(os.read(self.fileno, READ)) if selector.select(wait) else ""
                for event in (*(parser.feed(read) if read else ()), *parser.tick()):
                    self.process_message(event)
                wait = constants.ESCAPE_DELAY + LEEWAY if read.endswith(ESCAPE) else TICK
        with suppress(EOFError, ParseError):
            list(parser.feed(""))
