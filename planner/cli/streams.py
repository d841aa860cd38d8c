"""The two streams that commands print on: what people read there passes through `visible`, whoever prints it.

A file's content stays exact unless it goes to a terminal, see `data_stream`.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from planner.base.visible_text import visible


class VisibleStream:
    """A text stream on which nothing unseen acts. All but writing is left to the stream behind it."""

    # Asked for by click, which would go round a stream that can only write ASCII. The one behind shows what it lacks.
    encoding = "utf-8"

    def __init__(self, behind: TextIO) -> None:
        self.behind = behind

    def write(self, text: str) -> int:
        """Write text as it can be seen."""
        # docs/decisions/0053: data must neither hide nor act on a terminal.
        self.behind.write(visible(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write several texts, each as it can be seen."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)


@contextmanager
def visible_streams() -> Iterator[None]:
    """Let everything that is printed on standard output and standard error be visible."""
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", VisibleStream(stream)) for stream in (out, err))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def stream_behind(*, err: bool = False) -> TextIO:
    """The stream itself, for what makes its text visible before it is printed."""
    stream = sys.stderr if err else sys.stdout
    return stream.behind if isinstance(stream, VisibleStream) else stream


def data_stream() -> TextIO:
    """Standard output for a file's content: exact in a pipe or a file, visible where a person reads it."""
    return sys.stdout if sys.stdout.isatty() else stream_behind()
