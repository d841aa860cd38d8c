"""The comparison of what two revisions of the program write. `make same` prints it."""
