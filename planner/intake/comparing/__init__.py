"""Comparing a proposed register with the stored one. The result is a preview; nothing is written."""
