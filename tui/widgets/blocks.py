"""A pane that shows blocks of text.

It updates the blocks in place, so that it does not flicker and keeps its scroll position.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

from tui.visible import barred_content
from tui.widgets.fold import Pane


@dataclass(frozen=True)
class Block:
    """A paragraph. If its text has several lines, each line after the first begins with a bar.

    `kind` is the paragraph's class in the style sheet: -heading, -detail, -verbatim or -right-to-left.
    """

    text: Content
    kind: str = ""


class BlockPane(Pane):
    """A pane that shows blocks one below the other."""

    def fill(self, blocks: Iterable[Block]) -> None:
        """Replace the blocks that are shown."""
        wanted = [Block(barred_content(block.text), block.kind) for block in blocks]
        current = list(self.query_children(Static))
        for static, block in zip(current, wanted, strict=False):
            static.set_classes(block.kind)
            static.update(block.text)
        for static in current[len(wanted) :]:
            static.remove()
        self.mount_all(Static(block.text, classes=block.kind, markup=False) for block in wanted[len(current) :])
