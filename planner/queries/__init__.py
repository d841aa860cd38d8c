"""Functions that read the register at a point in time. They return frozen dataclasses."""
