"""Finding which field each column of a table gives, and asking where it is not sure."""
