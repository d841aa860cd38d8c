"""Finding what the rows, columns and cells of a sheet mean."""
