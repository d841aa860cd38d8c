"""Large registers to measure with."""
