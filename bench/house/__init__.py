"""Figures about how the code is built. `make house` prints them."""
