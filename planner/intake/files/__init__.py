"""Reading the files that an office has into sheets: one module per kind of file, and the limits for all of them."""
