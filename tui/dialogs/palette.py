"""The palette: runs a command by its name, or jumps to a place by its code or by words in any language."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input
from textual.worker import get_current_worker

from planner.base.language import later, tr
from planner.queries.items.filters import Filters
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import MUTED, STRONG, one_line
from tui.services.commands import Match, PaletteEntry, having, match_of
from tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.search.global_search import SearchResults
    from tui.data.jump_targets import JumpTargets
    from tui.shell import Shell

_COLUMNS: "list[Column[PaletteEntry]]" = [
    Column("verb", "", lambda row, _: Content.styled(row.verb, STRONG), 12),
    Column("told", "", lambda row, _: Content(one_line(row.told)), 40, comfort=40),
    Column("key", "", lambda row, _: Content.styled(row.key, MUTED), 8, right=True),
]


class Palette(Dialog[PaletteEntry]):
    """Lists commands and places.

    The result is the chosen command. Commands are found immediately, places in a thread.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings.PALETTE
    title_shown = later("Find a command, screen or item")

    def __init__(self, commands: Sequence[PaletteEntry], places: "JumpTargets | None") -> None:
        super().__init__()
        self._commands = commands
        # Whether a search for places is running, and whether enter was pressed meanwhile.
        self._looking = False
        self._enter_pressed = False
        self._places = places

    def content(self) -> ComposeResult:
        """Yield the search field and the list."""
        yield Input(placeholder=tr("Type a command, screen, code or any words…"), compact=True, id="sought")
        table: Table[PaletteEntry] = Table(_COLUMNS, id, empty=tr("Nothing matches."), id="palette")
        table.can_focus = False
        yield table

    def on_mount(self) -> None:
        """List all commands."""
        self._list(self._commands, to_top=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the commands that match the words. Places are added when they are found."""
        search, places = event.value, self._places
        commands = having(self._commands, search)
        self._list(commands, to_top=True)
        self._looking = places is not None and bool(search.strip())
        self.workers.cancel_group(self, "places")
        if places is None or not self._looking:
            return

        def look() -> "SearchResults[ItemView] | None":
            worker = get_current_worker()
            return places.find(search, lambda: not worker.is_cancelled)

        self.planner.tasks.run(self, look, lambda found: self._found(search, commands, found), group="places")

    def _found(self, search: str, commands: Sequence[PaletteEntry], found: "SearchResults[ItemView] | None") -> None:
        """Add the places that were found before the commands that only have the words in their description."""
        if found is None:
            return
        item = [_item(self.planner, found.named)] if found.named else []
        named = [command for command in commands if match_of(command, search) is not Match.IN_DESCRIPTION]
        self._list([*item, *named, *_jumps(self.planner, found, commands), *commands[len(named) :]])
        self._looking = False
        if self._enter_pressed:
            self.action_take()

    def _list(self, commands: Sequence[PaletteEntry], *, to_top: bool = False) -> None:
        """Show the rows.

        If the cursor was on the first row, it stays at the top; otherwise it stays on the same entry.
        """
        table = self.query_one(Table)
        to_top = to_top or table.cursor == 0
        table.show(commands)
        if to_top:
            table.cursor = 0

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.query_one(Table).cursor += by

    def action_take(self) -> None:
        """Choose the row under the cursor. If a search for places is still running, wait for its result."""
        self._enter_pressed = self._looking
        command: PaletteEntry | None = self.query_one(Table).row
        if command is not None and not self._looking:
            self.dismiss(command)

    def on_input_submitted(self) -> None:
        """Choose the row under the cursor when enter is pressed in the search field."""
        self.action_take()

    def on_table_opened(self, event: Table.Opened) -> None:
        """Choose the row that was clicked."""
        self.dismiss(event.row)


def _jumps(app: "Shell", found: "SearchResults[ItemView]", listed: Sequence[PaletteEntry]) -> Iterator[PaletteEntry]:
    """Yield the places that were found: organisations, then goals, themes and measures, then items, then clauses.

    Themes that are already listed as commands are left out.
    """
    commands = {(command.verb, command.told) for command in listed}
    for body in found.organisations:
        yield PaletteEntry("organisation", body.name, "", partial(app.navigator.open_register, Filters(lead=body.key)))
    for title in found.titles:
        label = f"{title.key} {one_line(title.title)}"
        if (title.kind, label) not in commands:
            yield PaletteEntry(title.kind, label, "", partial(app.navigator.open_title, title))
    yield from (_item(app, item) for item in found.items)
    for clause in found.clauses:
        label = f"{clause.reference}  {clause.restatement}"
        yield PaletteEntry("clause", label, "", partial(app.navigator.open_clause, clause.mandate, clause.key))


def _item(app: "Shell", item: "ItemView") -> PaletteEntry:
    return PaletteEntry("item", f"{item.code}  {item.title}", "", partial(app.navigator.open_item, item.code))
