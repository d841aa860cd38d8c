"""The demonstration: a year of invented reports on the real plan, in a database of its own.

Everything here is made up by rule from the plan's own dates and titles and a seed, and stored with the basis
`simulated`. docs/demonstration.md says what is simulated and how.
"""
