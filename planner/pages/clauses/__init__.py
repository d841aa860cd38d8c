"""The page of clauses with their links, gaps, and matrix."""
