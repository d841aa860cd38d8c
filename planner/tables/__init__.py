"""Tables and their file formats."""
