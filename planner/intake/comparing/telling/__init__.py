"""What the comparison says about all values together."""
