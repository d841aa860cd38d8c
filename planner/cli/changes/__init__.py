"""The commands that change a plan during the year: its items, their targets, and the organisations."""
