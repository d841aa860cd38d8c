"""Issuing a week: its files, their stored bytes, and making them again."""
