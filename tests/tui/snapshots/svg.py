"""Screenshots that are kept as SVG files, and how two of them differ."""

import html
import re
from collections.abc import Iterator
from difflib import unified_diff

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App

from bench.pictures.app import without_fonts
from tests.tui.textual_internals import screenshot

# A piece of text in a screenshot, and the width of a cell of the terminal.
PIECE = re.compile(r'<text class="[^"]*-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', re.DOTALL)
CELL = 12.2


def picture(app: App[None]) -> str:
    """Return the front screen as SVG, with one piece of text per line, and with no ids that depend on the content."""
    svg = re.sub(r"terminal-\d+", "terminal", without_fonts(screenshot(app)))
    return re.sub(r"\s*</text>\s*<text", "</text>\n<text", svg)


def lines_of(svg: str) -> list[str]:
    """Return the lines of text in a screenshot."""
    lines: dict[float, str] = {}
    for x, y, piece in PIECE.findall(svg):
        lines[float(y)] = lines.get(float(y), "").ljust(round(float(x) / CELL)) + html.unescape(piece)
    return [line.replace("\N{NO-BREAK SPACE}", " ").rstrip() for _, line in sorted(lines.items())]


class Picture(SingleFileSnapshotExtension):
    """A screenshot in a file of its own."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT

    def diff_lines(self, serialized_data: str | bytes, snapshot_data: str | bytes) -> Iterator[str]:
        """Yield the lines of the screen that differ, and how to see the rest."""
        yield "`make snapshots` takes the pictures again. Compare them with `git diff`; commit them if they are right."
        before, after = (lines_of(str(svg)) for svg in (snapshot_data, serialized_data))
        changes = list(unified_diff(before, after, lineterm="", n=0))[2:]
        yield from changes or ["The text is the same; colours or styles differ."]
