"""What the screens read and write: the door to the core, and a module per noun with functions that take it."""

from tui.data.door import Door

__all__ = ["Door"]
