"""The dialog that shows what an act on many items would change, before it is recorded."""

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from planner.base.language import tr
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import MUTED, TROUBLE, one_line
from tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.data.acts.act import Affected
    from tui.data.picks import Pick

# The least and the most width of the column that does not take the remaining width, and the most lines of the list:
# fewer if notes are shown in full below it.
_NARROW, _WIDEST, _MOST_LINES, _MOST_BESIDE_NOTES = 24, 40, 18, 7
# How many lines are measured, so that a very long list does not keep anybody waiting.
_MEASURED = 1_000


def _columns(items: "Sequence[Pick]") -> "list[Column[Pick]]":
    """Return the columns of the list. The one with the longer texts takes the remaining width."""
    label, note = (max((cell_len(text) for text in texts), default=0) for texts in _texts(items))
    narrow = max(_NARROW, min(_WIDEST, label, note))
    for_label, for_note = (narrow, 0) if label >= note else (0, narrow)
    return [
        Column("label", "", lambda pick, _: Content(one_line(pick.label)), narrow, comfort=for_label),
        Column("note", "", lambda pick, _: Content.styled(one_line(pick.note), MUTED), narrow, comfort=for_note),
    ]


def _texts(items: "Sequence[Pick]") -> "tuple[list[str], list[str]]":
    return [one_line(pick.label) for pick in items[:_MEASURED]], [one_line(pick.note) for pick in items[:_MEASURED]]


class ConfirmActDialog(Dialog[bool]):
    """Lists the items that an act would change. The result is True if the person confirms.

    If nothing can be recorded, it lists what is wrong, and can only be left.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings.CONFIRM_ACT

    def __init__(self, heading: str, affected: "Affected") -> None:
        super().__init__(heading)
        self._affected = affected
        self._long = any(len(pick.note) > _NARROW for pick in affected.items)

    def content(self) -> ComposeResult:
        """Yield the summary and the list."""
        summary = " ".join(one_line(sentence) for sentence in self._affected.summary)
        refusal = one_line(self._affected.refusal)
        said = Content.assemble((f"! {refusal} ", TROUBLE), summary) if refusal else Content(summary)
        yield Static(said, markup=False, id="affected-summary")
        table = Table(
            _columns(self._affected.items),
            lambda pick: (pick.key, pick.note),
            empty=tr("No item changes."),
            id="affected",
        )
        # The keys of the dialog move its cursor, so that enter confirms.
        table.can_focus = False
        yield table
        # A note can be longer than its line of the list, so the note at the cursor is also shown in full.
        if self._long:
            with VerticalScroll(id="affected-whole", can_focus=False):
                yield Static("", markup=False, id="affected-note")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Do not offer the confirmation if nothing can be recorded."""
        return action != "confirm" or not self._affected.refusal

    def hint(self) -> Content:
        """Return the line that explains the keys."""
        if self._affected.refusal:
            return Content(tr("Press {leave_key} to go back.", leave_key=self.leave_key))
        key = self.planner.key_for("confirm_act.save")
        return Content(tr("Press {key} to save this, {leave_key} to go back.", key=key, leave_key=self.leave_key))

    def on_mount(self) -> None:
        """Show the items."""
        table = self.query_one(Table)
        most = _MOST_BESIDE_NOTES if self._long else _MOST_LINES
        table.styles.height = min(most, len(self._affected.items) + 1) if self._affected.items else 2
        table.show(self._affected.items)
        self._show_whole()
        self.set_class(self._long, "-long")

    def on_table_pointed(self, _event: Table.Pointed) -> None:
        """Show the note of another row."""
        self._show_whole()

    def action_move(self, by: int) -> None:
        """Move the cursor of the list."""
        self.query_one(Table).cursor += by
        self._show_whole()

    def _show_whole(self) -> None:
        """Show the note at the cursor in full, one of its changes per line."""
        items = self._affected.items
        if self._long:
            self.query_one("#affected-note", Static).update(Content(items[self.query_one(Table).cursor].note))

    def action_scroll_note(self, pages: int) -> None:
        """Scroll the note that is shown in full, by a page."""
        for whole in self.query(VerticalScroll):
            whole.scroll_relative(y=pages * whole.size.height, animate=False)

    def action_say_keys(self) -> None:
        """Say which key records the change.

        The key that saves a form opens this list. It does not record as well, because it may be pressed twice.
        """
        self.notify(self.hint().plain, markup=False)

    def action_confirm(self) -> None:
        """Close the dialog with the person's confirmation."""
        self.dismiss(True)
