"""The differences between files and the register that a preview consists of."""
