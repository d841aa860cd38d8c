"""What a file states as a whole: where it was exported, for which day, and how many items it has."""
