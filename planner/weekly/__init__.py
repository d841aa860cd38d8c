"""The weekly progress file: the choice of the week, the sections and columns, and the formats of the file."""
