"""Helpers that every part of the program may use. They do not depend on the register."""
