"""The acts that change a plan during the year: on its items, its targets and its organisations."""
