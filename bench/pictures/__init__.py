"""The screenshots of the docs."""
