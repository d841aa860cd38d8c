"""Copies of the official documents: reading and recognising them, and checking their text against every citation."""
