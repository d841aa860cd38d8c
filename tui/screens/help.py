"""The keys of the screen one comes from, from their bindings: what is listed is what works there."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.content import Content

from tui import keys
from tui.marks import HEADING, MUTED, STRONG
from tui.screens.page import Page
from tui.widgets.blocks import Block, BlockPane


class HelpScreen(Page):
    """Lists each binding once, with all its keys, its tooltip and the id under which it can be remapped."""

    BINDINGS: ClassVar[list[BindingType]] = keys.BACK
    name_shown = "Help"
    navigates = False
    has_help = False

    def __init__(self, active: Mapping[str, ActiveBinding]) -> None:
        super().__init__()
        self._active = active

    def content(self) -> ComposeResult:
        """One pane."""
        yield BlockPane(id="keys")

    def on_mount(self) -> None:
        """List the keys."""
        super().on_mount()
        pane = self.query_one(BlockPane)
        pane.fill(self._blocks())
        pane.focus()

    def _blocks(self) -> list[Block]:
        """The bindings with all their keys, under a heading for each sort, in the order they are looked for."""
        listed: dict[str, dict[str, tuple[list[str], str]]] = {}
        for active in self._active.values():
            binding = active.binding
            name = binding.id or f"other.{binding.action}"
            group = listed.setdefault(name.partition(".")[0], {})
            shown = self.app.get_key_display(binding.with_key(binding.key))
            group.setdefault(name, ([], binding.tooltip or binding.description))[0].append(shown)
        blocks = []
        for title in sorted(listed, key=_place):
            blocks.append(Block(Content.styled(title.capitalize(), HEADING), "-heading"))
            blocks += [
                Block(_line(name, keys_shown, told), "-detail") for name, (keys_shown, told) in listed[title].items()
            ]
        return blocks


# What is common to all screens comes after what the screen has of its own.
_COMMON = ("panes", "table", "pane", "choice", "theme", "screen", "app", "other")


def _place(group: str) -> int:
    return _COMMON.index(group) if group in _COMMON else -1


def _line(name: str, shown: list[str], told: str) -> Content:
    return Content.assemble((f"{'  '.join(shown):<15}", f"{STRONG} $text-primary"), f"{told:<40} ", (name, MUTED))
