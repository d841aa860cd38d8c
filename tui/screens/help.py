"""The help screen. It shows the purpose of the previous screen, and the keys that are active there."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from planner.base.language import later, tr, tr_later
from planner.dates.assumed import ASSUMED_MEANING
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
    "dialog": later("Window"),
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


# The width of the keys, the space after them, and the least width of a terminal on which the ids are shown.
LONGEST_KEYS, GAP, NAMES_SHOWN = 16, 2, 112


class HelpScreen(Page):
    """Lists each binding once, with all its keys and its tooltip, and on a wide terminal the id for remapping it.

    It also names the command that gives the same as text.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings.BACK
    name_shown = later("Help")
    has_help = False

    def __init__(self, page: Screen[Any]) -> None:
        super().__init__()
        # Over a form or a window, no key leads to another screen, because what was typed would be lost.
        self.navigates = getattr(page, "navigates", False)
        self._purpose = (tr_later(page.name_shown), tr_later(page.help_text)) if isinstance(page, Page) else ("", "")
        self._command = page.command if isinstance(page, Page) else ""
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
        if not text:
            return []
        same = tr("The same as text, for a screen reader or a file: {command}", command=self._command)
        return [
            Block(Content.assemble((f"{name}  ", HEADING), text), "-wrapped"),
            *([Block(Content.styled(same, MUTED), "-wrapped")] if self._command else []),
            Block(Content.styled(tr_later(ASSUMED_MEANING), MUTED), "-wrapped"),
        ]

    def _keys(self) -> list[Block]:
        """Return the bindings with their keys, grouped under headings. The screen's own keys come first."""
        listed: dict[str, dict[str, tuple[list[str], str]]] = {}
        for active in self._active:
            binding = active.binding
            if binding.id is not None:
                group = listed.setdefault(binding.id.partition(".")[0], {})
                group.setdefault(binding.id, ([], tr_later(binding.tooltip)))[0].append(called(binding.key))
        blocks = []
        keys = LONGEST_KEYS + GAP
        names = self.app.size.width >= NAMES_SHOWN
        for name in sorted(listed, key=_place):
            title = tr_later(_TITLES.get(name) or name.replace("_", " ").capitalize())
            blocks.append(Block(Content.styled(title, HEADING), "-heading"))
            for key, (shown, tooltip) in listed[name].items():
                blocks.append(
                    Block(_line(key if names else "", f"{', '.join(shown)}{' ' * GAP}".ljust(keys), tooltip), "-detail")
                )
        return blocks

    def _others(self) -> Block:
        return Block(
            Content.styled(tr("'planner keys' lists the ids by which keys can be changed: see docs/keys.md."), MUTED),
            "-heading",
        )


def _place(group: str) -> int:
    return _COMMON.index(group) if group in _COMMON else -1


def _line(name: str, shown: str, tooltip: str) -> Content:
    return Content.assemble((shown, f"{STRONG} $text-primary"), f"{tooltip:<58}  " if name else tooltip, (name, MUTED))
