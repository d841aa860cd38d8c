"""A program in a pseudo-terminal of its own, and what its screen shows."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pexpect
import pyte

# Seconds without the awaited words after which a test fails. Nothing waits this long when all is well.
PATIENCE = 60


class Terminal:
    """Keys go in, the screen comes out."""

    def __init__(self, child: "pexpect.spawn[str]", size: tuple[int, int]) -> None:
        self._child = child
        self._screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self._screen)

    @property
    def text(self) -> str:
        """The screen. The second cell of a wide letter holds nothing, and may for a moment stand alone."""
        screen = self._screen
        return "\n".join(
            "".join(screen.buffer[line][column].data for column in range(screen.columns))
            for line in range(screen.lines)
        )

    @property
    def process(self) -> int:
        """The program's process id."""
        assert self._child.pid is not None
        return self._child.pid

    def until(self, condition: Callable[[str], Any]) -> None:
        """Take in what the program writes until the screen is as it should be."""
        # A blinking cursor writes for ever: what never comes must end by the clock.
        deadline = time.monotonic() + PATIENCE
        while not condition(self.text):
            assert time.monotonic() < deadline, f"this never came; the screen was:\n{self.text}"
            try:
                self._stream.feed(self._child.read_nonblocking(65536, timeout=PATIENCE))
            except (pexpect.TIMEOUT, pexpect.EOF) as error:
                raise AssertionError(f"{type(error).__name__} while the screen was:\n{self.text}") from error

    def shows(self, words: str) -> None:
        """Wait until some words are on the screen."""
        self.until(lambda text: words in text)

    def press(self, keys: str) -> None:
        """Send keys as a terminal sends them."""
        self._child.send(keys)

    def ends(self) -> int:
        """Wait for the program's end; its exit code."""
        return self.ends_with()[0]

    def ends_by(self, number: int) -> tuple[int, str]:
        """Send a signal and wait for the program's end; what `ends_with` gives."""
        os.kill(self.process, number)
        return self.ends_with()

    def ends_with(self) -> tuple[int, str]:
        """Wait for the program's end; its exit code, and what it wrote last, with the terminal's own sequences."""
        self._child.expect(pexpect.EOF, timeout=PATIENCE)
        last = str(self._child.before or "")
        self._stream.feed(last)
        self._child.close()
        return self._exit_code(), last

    def closes(self) -> int:
        """Take the terminal away from under the program, and wait for its end; its exit code."""
        child: Any = self._child
        child.ptyproc.fileobj.close()
        child.ptyproc.wait()
        child.exitstatus, child.signalstatus = child.ptyproc.exitstatus, child.ptyproc.signalstatus
        child.closed = child.ptyproc.closed = True
        child.child_fd = -1
        return self._exit_code()

    def _exit_code(self) -> int:
        assert self._child.exitstatus is not None, f"ended by signal {self._child.signalstatus}"
        return self._child.exitstatus


@contextmanager
def terminal(
    *arguments: str, size: tuple[int, int] = (80, 24), home: Path | None = None, deaf: bool = False, **environment: str
) -> Iterator[Terminal]:
    """Run `planner ARGUMENTS…` in a pseudo-terminal; `home` is where the person's own files are, if not the tests'.

    A `deaf` program ignores that its terminal was closed, as under nohup.
    """
    columns, lines = size
    # These would be believed more than the terminal itself.
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    if home is not None:
        inherited |= {f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "STATE")}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "planner", *arguments],
        dimensions=(lines, columns),
        encoding="utf-8",
        env={**inherited, "TERM": "xterm-256color", **environment},
        ignore_sighup=deaf,
    )
    child.setecho(False)
    try:
        yield Terminal(child, size)
    finally:
        child.close(force=True)
