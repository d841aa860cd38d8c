"""Measurements against the budgets (docs/performance.md). Run each as a module: python -m bench.startup."""
