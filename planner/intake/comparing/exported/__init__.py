"""Comparing what an exported register says with what its author knew."""
