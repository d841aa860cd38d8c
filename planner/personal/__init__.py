"""The files that the program keeps for one person: drafts, saved views, settings, and state."""
