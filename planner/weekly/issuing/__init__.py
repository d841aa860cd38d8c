"""Issue a week, store the bytes of its files, and reproduce the files later."""
