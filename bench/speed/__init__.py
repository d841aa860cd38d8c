"""Measurements of the performance budgets in docs/performance.md. `make bench` runs them."""
