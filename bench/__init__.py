"""Measurements of the performance budgets in docs/performance.md. Run each as a module: python -m bench.startup."""
