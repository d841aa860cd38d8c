"""The search field above a list."""

from textual import events
from textual.widgets import Input


class SearchField(Input):
    """A search field that is hidden until it is opened. Enter and the down key both post `Submitted`."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)
        self.display = False

    def open(self) -> None:
        """Show the field and move the focus into it."""
        self.display = True
        self.focus()

    def close(self) -> None:
        """Clear and hide the field."""
        self.value = ""
        self.display = False

    def on_key(self, event: events.Key) -> None:
        """Treat the down key like enter."""
        if event.key == "down":
            event.stop()
            self.post_message(self.Submitted(self, self.value))
