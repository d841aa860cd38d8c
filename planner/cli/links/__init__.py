"""Commands about links to clauses."""
