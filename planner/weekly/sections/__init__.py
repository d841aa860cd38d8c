"""The sections of the weekly file, one module each: the columns of the section and the reading of its rows."""
