"""A rich console on which texts act neither unseen nor as lines of the program."""

from collections.abc import Iterable
from itertools import chain
from typing import Any, cast

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.text import Text

from planner.visible_text import barred


class VisibleConsole(Console):
    """Every text that is printed, also in the cells of a table, is shown as `barred` shows it, and is never markup."""

    def __init__(self, **options: Any) -> None:
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

    def print_lines(self, first: Text, more: Iterable[str]) -> None:
        """Print several lines at once: a call for each takes most of the time of a long list."""
        lines = _Lines("\n").join([_barred(first), *(Text(barred(line)) for line in more)])
        self.print(Group(_Lines.assemble(lines)), soft_wrap=True)


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
