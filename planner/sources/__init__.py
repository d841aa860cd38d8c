"""Copies of the official documents: read, recognised by content, parsed, and checked against every citation."""
