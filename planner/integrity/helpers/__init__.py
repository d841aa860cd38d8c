"""Verifying a long log with several processes, each of which checks parts of it."""
