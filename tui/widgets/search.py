"""The words a list is narrowed by, typed over it."""

from textual import events
from textual.widgets import Input


class SearchField(Input):
    """Hidden until somebody searches. Enter and down lead to the list that is left; both are told as `Submitted`."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)
        self.display = False

    def open(self) -> None:
        """Type in it."""
        self.display = True
        self.focus()

    def close(self) -> None:
        """Take the words away, and hide."""
        self.value = ""
        self.display = False

    def on_key(self, event: events.Key) -> None:
        """Down leads where enter does."""
        if event.key == "down":
            event.stop()
            self.post_message(self.Submitted(self, self.value))
