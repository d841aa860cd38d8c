"""The app's connection to the core, and functions that read all the data of a screen."""

from tui.data.door import Door

__all__ = ["Door"]
