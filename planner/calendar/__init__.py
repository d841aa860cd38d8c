"""The dates that somebody has to keep as a calendar that other programs read."""
