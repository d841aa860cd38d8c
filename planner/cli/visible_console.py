"""A rich console on which texts act neither unseen nor as lines of the program."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, cast

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.text import Text

from planner.base.visible_text import BAR, barred

# What begins a line and stands before the first word: blanks, and the sign of a list or of a quoted text.
_BULLET = "- "
_MARGIN = re.compile(rf" *(?:{BAR}|{_BULLET})?")
# By how much further lines of a folded line are indented, and the narrowest text that is folded.
_HANGING = "  "
_NARROWEST = 20


class VisibleConsole(Console):
    """Every text that is printed, also in the cells of a table, is shown as `barred` shows it, and is never markup."""

    def __init__(self, **options: Any) -> None:
        # docs/decisions/0107: every text that is printed may come from somebody.
        super().__init__(markup=False, emoji=False, highlight=False, **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render, with every text made visible before it is laid out."""
        if isinstance(renderable, str):
            asked = options or self.options
            renderable = self.render_str(renderable, highlight=asked.highlight, markup=asked.markup)
        plain = isinstance(renderable, Text) and not isinstance(renderable, _Lines)
        return super().render(_barred(cast("Text", renderable)) if plain else renderable, options)

    def on_broken_pipe(self) -> None:
        """Leave it to the command line, which ends with 0 where the reader has enough. Rich would exit with 1."""
        raise BrokenPipeError

    def print_line(self, line: str) -> None:
        """Print a line that may be long: folded between words on a terminal, whole in a pipe or a file."""
        self.print_lines(Text(line), ())

    def print_lines(self, first: Text, more: Iterable[str]) -> None:
        """Print several lines at once: a call for each takes most of the time of a long list."""
        lines: Iterable[Text] = [_barred(first), *(Text(barred(line)) for line in more)]
        if self.is_terminal:
            lines = [part for line in lines for part in self._folded(line)]
        self.print(Group(_Lines.assemble(_Lines("\n").join(lines))), soft_wrap=True)

    def _folded(self, lines: Text) -> Iterator[Text]:
        """Each line within the width of the terminal, further parts indented; a bar stays before each."""
        for line in lines.split("\n", allow_blank=True):
            found = _MARGIN.match(line.plain)
            margin = found[0] if found else ""
            hanging = _hanging(margin)
            width = self.width - cell_len(hanging)
            if cell_len(line.plain) <= self.width or width < _NARROWEST:
                yield line
                continue
            for number, part in enumerate(line[len(margin) :].wrap(self, width)):
                part.rstrip()
                yield (Text(hanging) if number else line[: len(margin)]) + part


def _hanging(margin: str) -> str:
    """What stands before further parts of a line, by what stands before its first word."""
    if margin.endswith(BAR):
        return margin
    return " " * len(margin) if margin.endswith(_BULLET) else margin + _HANGING


class _Lines(Text):
    """Lines of the program, each of which is visible already."""


def _barred(text: Text) -> Text:
    """The same text and styles, with what would act unseen shown."""
    if barred(text.plain) == text.plain:
        return text
    shown = text.blank_copy()
    offsets = sorted(set(chain.from_iterable((span.start, span.end) for span in text.spans)))
    for piece in text.divide(offsets):
        start = len(shown)
        shown.append(barred(piece.plain))
        for span in piece.spans:
            shown.stylize(span.style, start, len(shown))
    return shown
