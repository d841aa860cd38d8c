"""Writes: each is one function and one transaction; the change and its audit event commit together or not at all."""
