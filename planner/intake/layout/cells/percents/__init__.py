"""Reading percentages: in words, within texts, and those of a whole column."""
