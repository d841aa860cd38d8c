"""Run a program in a pseudo-terminal and measure the time until something appears on its screen."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyte

# Seconds to wait for an effect before the step counts as failed.
PATIENCE = 60.0
READ = 65_536
# Seconds without output after which the output so far is interpreted.
QUIET = 0.03


@dataclass(frozen=True)
class ScreenContent:
    """The content of a screen: its text, and its background colours, which show the cursor."""

    text: str
    colours: tuple[str, ...]


Effect = Callable[[ScreenContent, ScreenContent], bool]


def changed(before: ScreenContent, after: ScreenContent) -> bool:
    """Whether the screen has changed."""
    return before != after


def showing(text: str) -> Effect:
    """Return a function that returns True when the screen contains the text."""
    return lambda _, after: text in after.text


class Terminal:
    """A running program and its screen.

    Output is given a time stamp when it arrives and is interpreted when no more arrives, so that interpreting it does
    not add to the times. Interpreting 4 KB, the size of a terminal's buffer, takes about 25 ms.
    """

    def __init__(self, arguments: Sequence[str], environment: dict[str, str], size: tuple[int, int]) -> None:
        columns, lines = size
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        # Output that has been read and is not interpreted yet, with its times.
        self._waiting: deque[tuple[float, bytes]] = deque()
        self._began = self._stamp = time.perf_counter()
        self._process, self._file = pty.fork()
        if self._process == 0:
            os.execvpe(arguments[0], list(arguments), environment)
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    @property
    def shown(self) -> ScreenContent:
        """The current content of the screen."""
        lines, columns = self._screen.lines, self._screen.columns
        buffer = self._screen.buffer
        cells = (buffer[line][column] for line in range(lines) for column in range(0, columns, 2))
        # A cell with the cursor may be drawn in reverse.
        colours = tuple(cell.fg if cell.reverse else cell.bg for cell in cells)
        return ScreenContent("\n".join(self._screen.display), colours)

    def since_start(self, effect: Effect) -> float:
        """Return the milliseconds from the start of the program until the effect."""
        if effect(self.shown, self.shown):
            return (self._stamp - self._began) * 1000
        return self._until(effect, self._began)

    def press(self, keys: str, effect: Effect) -> float:
        """Press keys and return the milliseconds until the effect."""
        began = time.perf_counter()
        os.write(self._file, keys.encode())
        return self._until(effect, began)

    def wait_for(self, text: str) -> None:
        """Wait until the screen contains the text."""
        if text not in self.shown.text:
            self._until(showing(text), time.perf_counter())

    def settle(self, quiet: float = 0.04) -> None:
        """Wait until the program has written no output and used no processor for this many seconds."""
        while self._waiting:
            self._stream.feed(self._waiting.popleft()[1])
        while True:
            worked = self._processor_time()
            written = self._read(quiet)
            self._stream.feed(written)
            if not written and worked == self._processor_time() and not self._is_working():
                return

    def close(self) -> None:
        """Kill the program."""
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._file)

    def _processor_time(self) -> list[bytes]:
        """Return the processor time that the program has used, as the system writes it."""
        return _process_fields(Path(f"/proc/{self._process}"))[11:13]

    def _is_working(self) -> bool:
        """Whether a thread of the program works, or waits only for a processor or a disk."""
        threads = Path(f"/proc/{self._process}/task").iterdir()
        return any(_process_fields(thread)[0] in (b"R", b"D") for thread in threads)

    def _until(self, effect: Effect, began: float) -> float:
        before = self.shown
        while time.perf_counter() - began < PATIENCE:
            self._waiting.extend(() if self._waiting else self._output())
            while self._waiting:
                self._stamp, written = self._waiting.popleft()
                self._stream.feed(written)
                if effect(before, self.shown):
                    return (self._stamp - began) * 1000
        raise TimeoutError(f"no effect; the screen shows\n{self.shown.text}")

    def _output(self) -> list[tuple[float, bytes]]:
        """Wait for output, and read it until there is no more. Return it in pieces, each with its time."""
        pieces: list[tuple[float, bytes]] = []
        while written := self._read(QUIET if pieces else 1.0):
            pieces.append((time.perf_counter(), written))
        return pieces

    def _read(self, patience: float) -> bytes:
        """Read available output, waiting at most `patience` seconds. Return no bytes if there is none."""
        ready, _, _ = select.select([self._file], [], [], patience)
        try:
            return os.read(self._file, READ) if ready else b""
        except OSError:
            return b""


def _process_fields(folder: Path) -> list[bytes]:
    """Return the fields of a process or thread after its name, or only Z (ended) if it is gone."""
    try:
        return (folder / "stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return [b"Z"]
