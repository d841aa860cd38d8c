"""The demonstration: a year of invented reports on the real plan, in a database of its own.

All of it is computed from the plan's own dates and titles and a seed, and stored with the basis `simulated`.
docs/demonstration.md describes what is simulated and how.
"""
