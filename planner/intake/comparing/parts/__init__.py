"""Comparing the milestones and indicators that files give with those of an item."""
