"""The parts of the documents that are generated from the program. `make docs` writes them."""
