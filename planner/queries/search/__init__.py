"""Searches by words in any language."""
