"""A tracker of a government's annual work plan: the core and the command line. Knows no Textual."""

__version__ = "0.1.0"
