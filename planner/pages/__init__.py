"""Exported HTML pages. Each is one self-contained file."""
