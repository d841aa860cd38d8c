"""Comparing two weekly files."""
