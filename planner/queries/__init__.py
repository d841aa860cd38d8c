"""Reads: each takes a session and a point in time and returns frozen dataclasses."""
