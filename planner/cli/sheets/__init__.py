"""Commands about status sheets."""
