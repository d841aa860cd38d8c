"""The history of an item: what was recorded about it, and each write on it in words."""
