"""Status sheets: written, filled in and taken back."""
