"""Reads of the reporting weeks: what is due, what was reported, the state of the plan, and issued weeks."""
