"""A clause in its languages: side by side where there is room, else one under the other."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from tui.marks import MUTED, STRONG, right_to_left
from tui.widgets.item.mandate_basis import LANGUAGES, MATCHES

if TYPE_CHECKING:
    from planner.queries.mandates.clause_views import ClauseTextView

# A column of running text narrower than this is no pleasure to read.
_NARROWEST = 26
_BETWEEN = " │ "


def text_lines(restatement: str, texts: "Sequence[ClauseTextView]", width: int) -> list[Content]:
    """The restatement, then every language's text, in lines of at most a width."""
    lines = [*_wrapped(restatement, width), Content("")]
    room = (width - len(_BETWEEN) * (len(texts) - 1)) // max(1, len(texts))
    if len(texts) > 1 and room >= _NARROWEST:
        return lines + _side_by_side([list(_column(text, room)) for text in texts], room)
    for text in texts:
        lines += [*_column(text, width), Content("")]
    return lines


def _side_by_side(columns: Sequence[Sequence[Content]], room: int) -> list[Content]:
    between = Content.styled(_BETWEEN, MUTED)
    return [
        between.join(line.pad_right(room - line.cell_length) for line in lines)
        for lines in zip_longest(*columns, fillvalue=Content(""))
    ]


def _column(text: "ClauseTextView", width: int) -> Iterator[Content]:
    """A language, its number and where it stands; then its own words, or where they can be had."""
    cited = text.citation
    yield from _styled(f"{LANGUAGES.get(text.language, text.language)} {text.number}", width, STRONG)
    place = f"{cited.document}, {cited.start}–{cited.end}"
    if cited.match is None:
        had = f", to be had at {cited.address}" if cited.address else ""
        yield from _styled(f"{place}: not attached{had}; then: planner sources attach FILE", width, MUTED)
        return
    yield from _styled(f"{place}: {MATCHES[cited.match]}", width, MUTED)
    if cited.text is not None:
        yield from (line.stylize("$text-accent") for line in _wrapped(cited.text, width))


def _styled(text: str, width: int, style: str) -> list[Content]:
    return [line.stylize(style) for line in _wrapped(text, width)]


def _wrapped(text: str, width: int) -> list[Content]:
    """A text in lines of at most a width; lines from right to left stand at its right edge."""
    lines = [line.rstrip() for line in Content(text).wrap(max(1, width))]
    return [line.pad_left(width - line.cell_length) if right_to_left(line.plain) else line for line in lines]


class Texts(Widget):
    """The texts of what is chosen, as wide as their place."""

    restatement: reactive[str] = reactive("", layout=True)
    texts: "reactive[tuple[ClauseTextView, ...]]" = reactive((), layout=True)

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(text_lines(self.restatement, self.texts, self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the texts need."""
        return len(text_lines(self.restatement, self.texts, width))
