"""Reading text files: their encoding, what separates their cells, and lists that were pasted into them."""
