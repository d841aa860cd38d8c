"""Chasing: a message for each lead organisation that lists what it still owes. The program never sends it."""
