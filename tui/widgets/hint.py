"""The hint at a person's first run: how to get on. Any key takes it away, and it does not come again."""

from typing import TYPE_CHECKING, cast

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui.marks import STRONG

if TYPE_CHECKING:
    from tui.loaded import LoadedApp

# What to know first, by the id of the key.
_KEYS = {
    "go.my_week": "what I still owe this week",
    "overview.filter": "search the register",
    "app.palette": "find anything",
    "app.help": "the keys of the screen",
    "app.quit": "leave",
}

# These keys take it away and do nothing else; others do what they do anywhere.
_PLAIN = ("space", "enter", "escape")


class Hint(Static, can_focus=True):
    """Has the focus while it is there, and gives it back."""

    def __init__(self, before: Widget | None) -> None:
        super().__init__(markup=False)
        self.border_title = "Welcome"
        self._before = before

    def on_mount(self) -> None:
        """Say how to get on."""
        key_for = cast("LoadedApp", self.app).key_for
        lines = [
            Content.assemble((f"{key_for(name):>7}  ", f"{STRONG} $text-primary"), told) for name, told in _KEYS.items()
        ]
        self.update(Content("\n").join([*lines, Content("Arrows or hjkl move, enter opens, esc goes back.")]))
        self.focus()

    def on_key(self, event: events.Key) -> None:
        """Go. The key does its own work all the same where it has any."""
        if event.key in _PLAIN:
            event.stop()
        self.go()

    def on_blur(self) -> None:
        """Go too when something else takes the focus."""
        self.go()

    def go(self) -> None:
        """Give the focus back and go."""
        if self._before is not None and self.has_focus:
            self._before.focus()
        self.remove()
