"""The demonstration: a year of invented reports on the real plan, in a database of its own.

The reports are computed from the plan's dates and titles and from a seed. They have the basis `simulated`.
docs/demonstration.md describes what is simulated and how.
"""
