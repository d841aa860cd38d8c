"""The search field above a list, and what the list says if nothing matches the search."""

from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input

from planner.base.language import tr

if TYPE_CHECKING:
    from tui.loaded import LoadedApp


class SearchField(Input):
    """A search field that is hidden until it is opened. Enter and the down key both post `Submitted`."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)
        self.display = False

    def open(self) -> None:
        """Show the field and move the focus into it. New words replace those of an earlier search."""
        self.display = True
        self.select_all()
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


def nothing_matches(app: "LoadedApp", nothing: str, without_filters: int) -> str:
    """Return the text of a list that is empty because of a search. `nothing` is a sentence that says so.

    If the list also has other filters, `without_filters` is the number of lines that match without them. The enter key
    of the search field then lists those.
    """
    if without_filters:
        return tr(
            "Nothing matches with the present filters. Press enter to search without them: {count:,} found.",
            count=without_filters,
        )
    return tr("{nothing} {key} clears the search.", nothing=nothing, key=app.key_for("screen.back"))
