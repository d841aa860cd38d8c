"""The connection to the core, and what combines several reads for a screen."""

from tui.data.door import Door

__all__ = ["Door"]
