"""A pane that shows blocks of text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from tui.visible import barred_content
from tui.widgets.fold import Pane

# How far the blocks of a kind are indented, in cells.
_INDENTS = {"-detail": 2, "-verbatim": 4, "-right-to-left": 4}

# The kinds of text from outside, which have a colour of their own.
_CITED = ("-verbatim", "-right-to-left")


@dataclass(frozen=True)
class Block:
    """A paragraph.

    If its text has several lines, each line after the first begins with a bar. `kind` is -heading, -detail, -verbatim,
    -right-to-left or -wrapped. A heading has an empty line above it.
    """

    text: Content
    kind: str = ""


class Blocks(Widget):
    """Shows blocks one below the other, with long lines wrapped.

    If `wraps` is false, long lines are cut instead, except in blocks of the kind -wrapped.
    """

    blocks: reactive[tuple[Block, ...]] = reactive((), layout=True)

    def __init__(self, *, wraps: bool) -> None:
        super().__init__()
        self._wraps = wraps

    def render(self) -> Content:
        """Draw the lines."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines that the blocks need."""
        return len(list(self._lines(width)))

    def _lines(self, width: int) -> Iterator[Content]:
        for block in self.blocks:
            if block.kind == "-heading":
                yield Content()
            indent = _INDENTS.get(block.kind, 0)
            for line in self._fitted(block, max(1, width - indent)):
                yield line.pad_left(width - line.cell_length if block.kind == "-right-to-left" else indent)

    def _fitted(self, block: Block, room: int) -> list[Content]:
        text = block.text.stylize_before("$text-accent") if block.kind in _CITED else block.text
        if self._wraps or block.kind == "-wrapped":
            return [line.rstrip() for line in text.wrap(room)] or [Content()]
        return [line.truncate(room, ellipsis=True) for line in text.split("\n", allow_blank=True)]


class BlockPane(Pane):
    """A pane that shows blocks one below the other. It keeps its scroll position when the blocks are replaced."""

    def __init__(self, *, id: str, wraps: bool = True) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        # docs/decisions/0120: one widget for all blocks, because each widget takes a millisecond.
        self._blocks = Blocks(wraps=wraps)

    def compose(self) -> ComposeResult:
        """Create the widget that draws the blocks."""
        yield self._blocks

    def fill(self, blocks: Iterable[Block]) -> None:
        """Replace the blocks that are shown."""
        self._blocks.blocks = tuple(Block(barred_content(block.text), block.kind) for block in blocks)
