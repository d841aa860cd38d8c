"""Reading what the register has now, in a fixed number of statements, to compare files with it."""
