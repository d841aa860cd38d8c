"""The welcome hint at a person's first run, with the most important keys. Any key closes it for good."""

from typing import TYPE_CHECKING, cast

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from planner.base.language import later, tr, tr_later
from tui.marks import STRONG

if TYPE_CHECKING:
    from tui.loaded import LoadedApp

# What the most important keys do, by the id of the binding. Those of a screen are shown on it alone.
_KEYS = {
    "my_week.report": later("report on the item under the cursor"),
    "my_week.unchanged": later("report that nothing changed on it"),
    "go.my_week": later("show the reports I still owe"),
    "overview.filter": later("search the register"),
    "app.palette": later("find any command or item"),
    "app.help": later("list the keys of this screen"),
    "app.quit": later("quit"),
}

# These keys only close the hint. Every other key closes it and also does its normal work.
_CLOSING = ("space", "escape")


class Hint(Static, can_focus=True):
    """The welcome hint. It takes the focus, and gives it back to the widget `before` when it closes."""

    def __init__(self, before: Widget | None) -> None:
        super().__init__(markup=False)
        self.border_title = tr("Welcome")
        self._before = before

    def on_mount(self) -> None:
        """Show the keys, and take the focus."""
        key_for = cast("LoadedApp", self.app).key_for
        active = {binding.id for _, binding, _, _ in self.screen.active_bindings.values()}
        lines = [
            Content.assemble((f"{key_for(name):>7}  ", f"{STRONG} $text-primary"), tr_later(meaning))
            for name, meaning in _KEYS.items()
            if name in active
        ]
        moving = tr("Move with the arrow keys or hjkl, open with enter, go back with esc.")
        self.update(Content("\n").join([*lines, Content(moving)]))
        self.focus()
        cast("LoadedApp", self.app).before_key = self._give_way

    def on_unmount(self) -> None:
        """Look at no further key."""
        cast("LoadedApp", self.app).before_key = None

    def _give_way(self, key: str) -> None:
        """Close the hint before the key arrives, so that the widget below it does what the key means there."""
        if key not in _CLOSING:
            self.close()

    def on_key(self, event: events.Key) -> None:
        """Close the hint. Its own keys do nothing else."""
        event.stop()
        self.close()

    def on_blur(self) -> None:
        """Close the hint when another widget takes the focus."""
        self.close()

    def close(self) -> None:
        """Give the focus back to the widget that had it before, and remove the hint."""
        if self._before is not None and self.has_focus:
            self._before.focus()
        self.remove()
