"""Reads of the register. Each takes a session and a point in time, and returns frozen dataclasses."""
