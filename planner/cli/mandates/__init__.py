"""Commands about mandates, clauses, and documents."""
