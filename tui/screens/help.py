"""The help screen. It shows the purpose of the previous screen, and the keys that are active there."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from planner.base.language import later, tr, tr_later
from tui.keys import bindings
from tui.keys.remapping import called
from tui.marks import HEADING, MUTED, STRONG
from tui.screens.page import Page
from tui.widgets.blocks import Block, BlockPane

# The keys that all screens share come after the screen's own keys.
_COMMON = ("panes", "table", "pane", "choice", "copy", "go", "theme", "as_of", "plan", "screen", "app")

_TITLES = {
    "app": later("App"),
    "as_of": later("As of"),
    "bulk": later("Several items"),
    "choice": later("Choice"),
    "conflict": later("Two versions"),
    "copy": later("Copy"),
    "counts": later("Counts"),
    "difference": later("Difference"),
    "facets": later("Filters"),
    "field": later("Field"),
    "findings": later("Findings"),
    "go": later("Screens"),
    "import": later("Import"),
    "item": later("Item"),
    "links": later("Links"),
    "log": later("Log"),
    "mandates": later("Mandates"),
    "matrix": later("Matrix"),
    "milestone": later("Milestone"),
    "my_week": later("My week"),
    "overview": later("Overview"),
    "pane": later("Pane"),
    "panes": later("Panes"),
    "plan": later("Plan"),
    "register": later("Register"),
    "report": later("Report"),
    "screen": later("Screen"),
    "table": later("Table"),
    "theme": later("Theme"),
    "timeline": later("Timeline"),
    "views": later("Saved views"),
    "weekly": later("Weekly file"),
}


class HelpScreen(Page):
    """Lists each binding once, with all its keys, its tooltip, and the id for remapping it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.BACK
    name_shown = later("Help")
    navigates = False
    has_help = False

    def __init__(self, page: Screen[Any]) -> None:
        super().__init__()
        self._purpose = (tr_later(page.name_shown), tr_later(page.help_text)) if isinstance(page, Page) else ("", "")
        self._active = list(page.active_bindings.values())

    def content(self) -> ComposeResult:
        """Yield the pane that holds the help."""
        yield BlockPane(id="keys", wraps=False)

    def on_mount(self) -> None:
        """Show the purpose of the screen and its keys."""
        super().on_mount()
        pane = self.query_one(BlockPane)
        pane.fill([*self._answers(), *self._keys(), self._others()])
        pane.focus()

    def _answers(self) -> list[Block]:
        name, text = self._purpose
        shown = Content.assemble((f"{name}  ", HEADING), text)
        return [Block(shown, "-wrapped")] if text else []

    def _keys(self) -> list[Block]:
        """Return the bindings with their keys, grouped under headings. The screen's own keys come first."""
        listed: dict[str, dict[str, tuple[list[str], str]]] = {}
        for active in self._active:
            binding = active.binding
            if binding.id is not None:
                group = listed.setdefault(binding.id.partition(".")[0], {})
                group.setdefault(binding.id, ([], tr_later(binding.tooltip)))[0].append(called(binding.key))
        blocks = []
        for name in sorted(listed, key=_place):
            title = tr_later(_TITLES.get(name) or name.replace("_", " ").capitalize())
            blocks.append(Block(Content.styled(title, HEADING), "-heading"))
            blocks += [Block(_line(key, shown, tooltip), "-detail") for key, (shown, tooltip) in listed[name].items()]
        return blocks

    def _others(self) -> Block:
        return Block(
            Content.styled(
                tr("The last column is the id for remapping a key: see docs/keys.md and 'planner keys'."), MUTED
            ),
            "-heading",
        )


def _place(group: str) -> int:
    return _COMMON.index(group) if group in _COMMON else -1


def _line(name: str, shown: list[str], tooltip: str) -> Content:
    return Content.assemble((f"{', '.join(shown):<17}", f"{STRONG} $text-primary"), f"{tooltip:<38} ", (name, MUTED))
