"""A program in a pseudo-terminal of its own, and what its screen shows."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
        """The screen."""
        return "\n".join(self._screen.display)

    def until(self, condition: Callable[[str], Any]) -> None:
        """Take in what the program writes until the screen is as it should be."""
        while not condition(self.text):
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
        self._child.expect(pexpect.EOF, timeout=PATIENCE)
        self._stream.feed(self._child.before or "")
        self._child.close()
        assert self._child.exitstatus is not None, f"ended by signal {self._child.signalstatus}"
        return self._child.exitstatus


@contextmanager
def terminal(*arguments: str, size: tuple[int, int] = (80, 24), **environment: str) -> Iterator[Terminal]:
    """Run `planner ARGUMENTS…` in a pseudo-terminal."""
    columns, lines = size
    # These would be believed more than the terminal itself.
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "planner", *arguments],
        dimensions=(lines, columns),
        encoding="utf-8",
        env={**inherited, "TERM": "xterm-256color", **environment},
    )
    child.setecho(False)
    try:
        yield Terminal(child, size)
    finally:
        child.close(force=True)
