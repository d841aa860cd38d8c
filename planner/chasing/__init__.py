"""Chasing: a message per lead organisation that names what it still owes. Nothing is ever sent from here."""
