"""Export due dates as a calendar for other programs."""
