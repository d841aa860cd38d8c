"""The words and rules of a plan: pure, without a database."""
