"""A pane made of blocks of text: drawn again in place, so that nothing flickers or loses its scroll position."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

from tui.visible import barred_content
from tui.widgets.fold import Pane


@dataclass(frozen=True)
class Block:
    """A paragraph of the app; a bar begins each further line of a text in it.

    `kind` is its class in the style sheet: -heading, -detail, -verbatim, -right-to-left.
    """

    text: Content
    kind: str = ""


class BlockPane(Pane):
    """Shows blocks one under the other."""

    def fill(self, blocks: Iterable[Block]) -> None:
        """Show other blocks in place of those that stand."""
        wanted = [Block(barred_content(block.text), block.kind) for block in blocks]
        standing = list(self.query_children(Static))
        for static, block in zip(standing, wanted, strict=False):
            static.set_classes(block.kind)
            static.update(block.text)
        for static in standing[len(wanted) :]:
            static.remove()
        self.mount_all(Static(block.text, classes=block.kind, markup=False) for block in wanted[len(standing) :])
