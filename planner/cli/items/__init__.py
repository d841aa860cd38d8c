"""Commands about items and the plan as a whole."""
