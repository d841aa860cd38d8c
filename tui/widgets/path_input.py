"""A field for the paths of files, in which a key completes what was typed."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from tui.keys import bindings


class PathInput(Input):
    """A field for one path, or for several with a semicolon between."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.PATH

    @dataclass
    class Asked(Message):
        """The person wants a path to be completed: `path`, which follows `before` in the field."""

        before: str
        path: str

    def action_complete(self) -> None:
        """Ask for a completion of the last path in the field."""
        before, semicolon, last = self.value.rpartition(";")
        path = last.lstrip()
        self.post_message(self.Asked(before + semicolon + last[: len(last) - len(path)], path))

    def take(self, asked: Asked, path: str) -> None:
        """Take the completion of a path, unless the person has typed on meanwhile."""
        value = asked.before + path
        if self.value == asked.before + asked.path != value:
            self.value = value
            self.cursor_position = len(value)
