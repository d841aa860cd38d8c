"""The plans of a register beside each other."""
