"""Mandate versions drafted from texts: clauses and a crosswalk proposed by the program, decided by people, adopted."""
