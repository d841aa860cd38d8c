"""Standard output and standard error. What they print for people passes through `visible`, so nothing is hidden.

With --plain, it also passes through `in_plain_words`, so that a screen reader can follow it.

The content of a file stays exact, except on a terminal: see `as_bytes` in planner/cli/output.py.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from planner.base.visible_text import visible
from planner.domain.plain_words import in_plain_words, plain


class VisibleStream:
    """A text stream that passes written text through `visible`. All other calls go to the original stream."""

    # So that click does not replace an ASCII stream. The original stream replaces characters that it cannot encode.
    encoding = "utf-8"

    def __init__(self, behind: TextIO) -> None:
        self.behind = behind

    def write(self, text: str) -> int:
        """Write a text after passing it through `visible`, and with --plain in plain words."""
        # docs/decisions/0053: data must neither hide nor act on a terminal.
        shown = visible(text)
        self.behind.write(in_plain_words(shown) if plain() else shown)
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write several texts after passing each through `visible`."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)


@contextmanager
def visible_streams() -> Iterator[None]:
    """Use a VisibleStream for standard output and standard error in this block."""
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", VisibleStream(stream)) for stream in (out, err))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def stream_behind(*, err: bool = False) -> TextIO:
    """Return the original standard output or standard error, for text that has already passed through `visible`."""
    stream = sys.stderr if err else sys.stdout
    return stream.behind if isinstance(stream, VisibleStream) else stream


@contextmanager
def reader_may_leave(*, wanted: bool) -> Iterator[None]:
    """Print in this block what a write will do. If the write is `wanted` already, it is made even if nobody reads on.

    Otherwise a closed pipe (`planner import … --yes | head`) would end the command with exit code 0 and no write.
    """
    try:
        yield
    except BrokenPipeError:
        if not wanted:
            raise
