"""A tracker for a government's annual work plan: the core and the command line. It does not depend on Textual."""

__version__ = "0.1.0"
