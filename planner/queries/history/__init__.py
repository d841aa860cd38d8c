"""Reads of the history: the audit log, edits, moved dates, and redactions."""
