"""The sections of the weekly file, a module each: its columns and how its rows are read."""
