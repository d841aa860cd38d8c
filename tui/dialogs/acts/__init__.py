"""The form of an act on the plan, and its confirmation."""
