"""Reads of mandate versions: clauses, proposals, matrices, and traces."""
