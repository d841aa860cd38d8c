"""The parts of the screens about clauses, links and findings."""
