"""A rich console that makes all text visible, so that data cannot look like output of the program."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, cast

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.text import Text

from planner.base.visible_text import BAR, barred

# The characters before the first word of a line: spaces, and the sign of a list or of a quoted text.
_BULLET = "- "
_MARGIN = re.compile(rf" *(?:{BAR}|{_BULLET})?")
# The indent of the continuation lines of a wrapped line, and the narrowest column of text that is wrapped.
_HANGING = "  "
_NARROWEST = 20


class VisibleConsole(Console):
    """A console that makes all text visible, also in table cells, and never reads text as markup."""

    def __init__(self, **options: Any) -> None:
        # docs/decisions/0107: every text that is printed may come from somebody.
        super().__init__(markup=False, emoji=False, highlight=False, **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render an object. Invisible characters in its texts are replaced by visible ones before layout."""
        if isinstance(renderable, str):
            chosen = options or self.options
            renderable = self.render_str(renderable, highlight=chosen.highlight, markup=chosen.markup)
        plain = isinstance(renderable, Text) and not isinstance(renderable, _Lines)
        return super().render(_barred(cast("Text", renderable)) if plain else renderable, options)

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError, so that the command line exits with code 0. rich would exit with code 1."""
        raise BrokenPipeError

    def print_line(self, line: str) -> None:
        """Print a line that may be long. It is wrapped between words on a terminal, and whole in a pipe or a file."""
        self.print_lines(Text(line), ())

    def print_lines(self, first: Text, more: Iterable[str]) -> None:
        """Print several lines in one call. A call for each line would take most of the time of a long list."""
        lines: Iterable[Text] = [_barred(first), *(Text(barred(line)) for line in more)]
        if self.is_terminal:
            lines = [part for line in lines for part in self._folded(line)]
        self.print(Group(_Lines.assemble(_Lines("\n").join(lines))), soft_wrap=True)

    def _folded(self, lines: Text) -> Iterator[Text]:
        """Wrap each line at the terminal's width. Continuation lines begin with an indent or with the line's bar."""
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
    """Return the indent or bar at the beginning of continuation lines. `margin` is that of the first line."""
    if margin.endswith(BAR):
        return margin
    return " " * len(margin) if margin.endswith(_BULLET) else margin + _HANGING


class _Lines(Text):
    """Text that is safe to show: invisible characters have already been replaced by visible ones."""


def _barred(text: Text) -> Text:
    """Replace characters that a terminal would act on. The styles of the text are kept."""
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
