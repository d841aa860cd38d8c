"""Writes about plans as a whole."""
