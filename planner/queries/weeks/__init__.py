"""Reads of the reporting weeks: what is due, what was reported, how the plan stands, and issued weeks."""
