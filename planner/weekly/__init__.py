"""The weekly progress file: which week, its rows, its columns, and how it is written."""
