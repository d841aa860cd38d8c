"""The vocabularies and rules of a plan, as types and pure functions that need no database."""
