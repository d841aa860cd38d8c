"""Compare two weekly files."""
