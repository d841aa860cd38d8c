"""Links from measures and items to clauses: their state, their reviews, and the changes of their ends."""
