"""The connection to the core, and the reads of screens that combine several reads of the core."""

from tui.data.door import Door

__all__ = ["Door"]
