"""The texts of a clause in all languages, side by side if there is room, otherwise one below the other."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from planner.base.visible_text import right_to_left
from tui.marks import MUTED, STRONG
from tui.widgets.item.mandate_basis import citation_state, language_name

if TYPE_CHECKING:
    from planner.queries.mandates.clause_views import ClauseTextView

# The smallest width of a column of text that is comfortable to read.
_NARROWEST = 26
_BETWEEN = " │ "


def wrapped_texts(restatement: str, texts: "Sequence[ClauseTextView]", width: int) -> list[Content]:
    """Return the restatement and the text in every language as lines of at most the given width."""
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
    """Yield the lines of one language: its name and number, the state of the citation, and any cited text."""
    yield from _styled(f"{language_name(text.language)} {text.number}", width, STRONG)
    yield from _styled(citation_state(text.citation), width, MUTED)
    if text.citation.match is not None and text.citation.text is not None:
        yield from (line.stylize("$text-accent") for line in _wrapped(text.citation.text, width))


def _styled(text: str, width: int, style: str) -> list[Content]:
    return [line.stylize(style) for line in _wrapped(text, width)]


def _wrapped(text: str, width: int) -> list[Content]:
    """Return a text as lines of at most the given width. Right-to-left lines are aligned at the right edge."""
    lines = [line.rstrip() for line in Content(text).wrap(max(1, width))]
    return [line.pad_left(width - line.cell_length) if right_to_left(line.plain) else line for line in lines]


class Texts(Widget):
    """The restatement and texts of the chosen clause, as wide as the widget."""

    restatement: reactive[str] = reactive("", layout=True)
    texts: "reactive[tuple[ClauseTextView, ...]]" = reactive((), layout=True)

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(wrapped_texts(self.restatement, self.texts, self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines that the texts need."""
        return len(wrapped_texts(self.restatement, self.texts, width))
