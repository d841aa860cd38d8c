"""Locating and opening the database, and checking that it belongs to this program."""
