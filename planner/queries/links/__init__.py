"""What holds of the links from measures and items to clauses, what changed of their ends, and who reviewed them."""
