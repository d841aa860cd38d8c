"""Dialogs that ask for one entry of a list, for several entries, or for a name."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input

from planner.base.language import tr
from tui.data.picks import Pick as Pick
from tui.data.picks import having_words
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import MUTED, STRONG, one_line
from tui.widgets.table import Column, Table

# The least and the greatest width of the labels of a list, in terminal cells, and how many of them are measured.
_LEAST, _GREATEST, _MEASURED = 24, 44, 500
_NOTE: Column[Pick] = Column("note", "", lambda pick, _: Content.styled(one_line(pick.note), MUTED), 10, comfort=20)
_BOX: Column[Pick] = Column(
    "box", "", lambda pick, _: Content.styled("■", STRONG) if pick.chosen else Content.styled("□", MUTED), 1
)


def _columns(picks: Sequence[Pick], shown: Callable[[Pick], str]) -> "list[Column[Pick]]":
    """Return the columns of a list. Labels have the room that they need, if notes stand next to them."""
    notes = any(pick.note for pick in picks)
    longest = max((cell_len(shown(pick)) for pick in picks[:_MEASURED]), default=0) if notes else 0
    width = min(max(longest, _LEAST), _GREATEST)
    label: Column[Pick] = Column(
        "label", "", lambda pick, _: Content(one_line(shown(pick))), width, narrow=_LEAST, comfort=0 if notes else width
    )
    return [label, _NOTE] if notes else [label]


def _label(pick: Pick) -> str:
    return pick.label


class PickDialog(Dialog[str]):
    """Asks for one entry. The result is the identifier of the chosen entry.

    `shown` returns the text by which the list shows an entry.
    """

    shown: Callable[[Pick], str] = staticmethod(_label)

    def __init__(self, title: str, picks: Sequence[Pick], *, at: str = "", empty: str | None = None) -> None:
        super().__init__(title)
        self._picks = picks
        self._at = at
        self._empty = tr("The list is empty.") if empty is None else empty

    def content(self) -> ComposeResult:
        """Yield the list of entries."""
        yield Table(_columns(self._picks, self.shown), lambda pick: pick.key, empty=self._empty, id="picks")

    def hint(self) -> Content:
        """Return the line that explains the keys."""
        return Content(tr("Press enter to choose, {leave_key} to close.", leave_key=self.leave_key))

    def on_mount(self) -> None:
        """Show the entries, with the cursor on the present choice."""
        table = self.table
        table.styles.height = min(18, len(self._picks) + 1) if self._picks else 2
        table.show(self._picks)
        table.cursor = next((place for place, pick in enumerate(self._picks) if pick.key == self._at), 0)
        self.take_focus()

    def take_focus(self) -> None:
        """Move the focus to the list."""
        self.table.focus()

    @property
    def table(self) -> "Table[Pick]":
        """Return the table of entries."""
        return self.query_one("#picks", Table)

    def on_table_opened(self, event: Table.Opened) -> None:
        """Close the dialog with the entry that was opened."""
        self.dismiss(event.row.key)


class SearchDialog(PickDialog):
    """Asks for one entry of a list that may be long. Typing words in any script narrows the list."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.PALETTE

    def __init__(
        self,
        title: str,
        picks: Sequence[Pick],
        *,
        at: str = "",
        search: str = "",
        shown: Callable[[Pick], str] = _label,
    ) -> None:
        super().__init__(title, picks, at=at)
        self._search = search
        self.shown = shown

    def content(self) -> ComposeResult:
        """Yield the search field and the list."""
        yield Input(self._search, placeholder=tr("Type words to narrow the list…"), compact=True, id="sought")
        yield from super().content()

    def take_focus(self) -> None:
        """Move the focus to the search field. The keys for the list work there too."""
        self.table.can_focus = False
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the entries that have the words."""
        found = having_words(self._picks, event.value)
        self.table.show(found, empty=tr("Nothing matches."))
        if event.value.strip():
            self.table.cursor = 0

    def action_move(self, by: int) -> None:
        """Move the cursor of the list."""
        self.table.cursor += by

    def action_take(self) -> None:
        """Close the dialog with the entry under the cursor."""
        pick = self.table.row
        if pick is not None:
            self.dismiss(pick.key)

    def on_input_submitted(self) -> None:
        """Choose the entry under the cursor when enter is pressed in the search field."""
        self.action_take()


class SeveralDialog(Dialog[tuple[str, ...]]):
    """Asks for several entries. The result is the identifiers of the ticked entries."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.SEVERAL

    def __init__(self, title: str, picks: Sequence[Pick]) -> None:
        super().__init__(title)
        self._picks = list(picks)

    def content(self) -> ComposeResult:
        """Yield the list of entries with checkboxes."""
        yield Table(
            [_BOX, *_columns(self._picks, _label)], lambda pick: pick.key, empty=tr("The list is empty."), id="picks"
        )

    def hint(self) -> Content:
        """Return the line that explains the keys."""
        return Content(
            tr(
                "Press {key} to tick, enter to apply, {leave_key} to close.",
                key=self.planner.key_for("several.tick"),
                leave_key=self.leave_key,
            )
        )

    def on_mount(self) -> None:
        """Show the entries."""
        table = self.query_one(Table)
        table.styles.height = min(20, len(self._picks) + 1)
        table.show(self._picks)
        table.focus()

    def action_tick(self) -> None:
        """Tick or untick the entry under the cursor."""
        table = self.query_one(Table)
        pick = self._picks[table.cursor]
        self._picks[table.cursor] = replace(pick, chosen=not pick.chosen)
        table.show(list(self._picks))

    def on_table_opened(self) -> None:
        """Close the dialog with the ticked entries."""
        self.dismiss(tuple(pick.key for pick in self._picks if pick.chosen))


class NameDialog(Dialog[str]):
    """Asks for a name. The result is the name."""

    def __init__(self, title: str, name: str, placeholder: str) -> None:
        super().__init__(title)
        self._name = name
        self._placeholder = placeholder

    def content(self) -> ComposeResult:
        """Yield the input field for the name."""
        yield Input(self._name, placeholder=self._placeholder, compact=True)

    def hint(self) -> Content:
        """Return the line that explains the keys."""
        return Content(tr("Press enter to choose, {leave_key} to close.", leave_key=self.leave_key))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the dialog with the name that was typed."""
        self.dismiss(event.value)
