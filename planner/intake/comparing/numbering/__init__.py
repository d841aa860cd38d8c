"""Codes and numbers of items that the files do not give, or give only as running numbers."""
