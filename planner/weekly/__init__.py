"""The weekly progress file: how its week is chosen, its sections and columns, and its formats."""
