"""Commands that write files for a week: the weekly file, messages, and the calendar."""
