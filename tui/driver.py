"""A terminal driver that recognises the escape key without a noticeable delay.

The escape key sends the same byte that begins the sequences of other keys. It is recognised because nothing follows the
byte. Textual's driver checks this ten times a second, so that going back takes 100 ms or more. This driver checks as
soon as Textual's own waiting time (ESCDELAY, see planner.cli.setup.app) is over.

On a slow connection the escape key and the key after it arrive together. Textual takes them for one key with alt, so
that enter would confirm what escape was meant to refuse. Here they stay two keys.
"""

import os
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress

from textual import constants, events
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

# What the sequences of keys begin with. A person may also have typed it: escape, and then this character.
BEGINNINGS = (ESCAPE + "[", ESCAPE + "O")
# What macOS terminals send for alt with left, right and backspace. In a text field they go by words.
BY_WORDS = (ESCAPE + "b", ESCAPE + "f", ESCAPE + "\x7f")


class EscapeFirstParser(XTermParser):
    """Textual's parser, which here reads escape and another key that arrive together as these two keys."""

    _tried = ""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Return the keys of a sequence. `alt` says that the sequence is what followed an escape."""
        # docs/decisions/0093: nothing of ours uses alt, and whoever types escape refuses something.
        begun, self._tried = self._tried, sequence
        if len(sequence) == 2 and sequence[0] == ESCAPE and sequence not in (*BEGINNINGS, *BY_WORDS):
            return (*super()._sequence_to_key_events(ESCAPE), *super()._sequence_to_key_events(sequence[1]))
        if alt and begun in BEGINNINGS:
            # Nothing followed in time. Textual hands on the characters one by one, except the escape.
            return (*super()._sequence_to_key_events(ESCAPE), *super()._sequence_to_key_events(sequence))
        return super()._sequence_to_key_events(sequence, alt)


class PromptDriver(LinuxDriver):
    """Textual's LinuxDriver with a different thread for reading keys."""

    def run_input_thread(self) -> None:
        """Read keys until the app ends."""
        parser = EscapeFirstParser(self._debug)
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
                wait = constants.ESCAPE_DELAY + LEEWAY if read.endswith((ESCAPE, *BEGINNINGS)) else TICK
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
