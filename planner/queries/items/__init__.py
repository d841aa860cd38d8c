"""Reads of items: their states, their facts, and the filters of the register."""
