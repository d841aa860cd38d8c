"""What screens read and write: the connection to the core, and a module per noun with functions that use it."""

from tui.data.door import Door

__all__ = ["Door"]
